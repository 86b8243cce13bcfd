"""The demo's words: a first draft that an editor may replace. Everything in them is invented."""
