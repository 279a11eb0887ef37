"""What leaves an issue for other systems, and what comes back from them.

`reading` fetches an issue with its stories; `wechat` sets them for an official account, `package`
writes them for the press, `press_text` compares what the press has set with what was
approved, `ninjs` tells other systems of them. Nothing here changes a story.
"""
