"""Text of the source: CommonMark as tokens, signs of print, HTML."""
