"""One module a scene type, found by its name: `draw(content, style)` returns the states."""
