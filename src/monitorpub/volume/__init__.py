"""The annual report: profiles and matter bound into one volume."""
