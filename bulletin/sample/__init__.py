"""The sample newsroom: an invented district's paper, to try Bulletin with."""
