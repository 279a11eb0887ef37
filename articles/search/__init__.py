"""Search: what residents type, found in what is published.

`units` divides a text into what can be found in it, the same for stories and for questions.
`indexing` keeps what can be found of each approved story, `storage` knows how the two databases
hold it, `query` reads what was typed, `finding` finds and ranks, `snippets` marks the hits and
`suggestions` names the places and people that are meant.
"""
