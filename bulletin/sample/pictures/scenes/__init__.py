"""The scenes, one to a module, each drawn by its `draw(canvas)`."""
