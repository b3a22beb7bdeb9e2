"""Rules over sources: what the model allows and a good editor would still mark."""
