"""Pictures of the demo, drawn by code: nobody in them can be recognised, nobody exists."""

from .drawings import DRAWINGS, draw_scene

__all__ = ["DRAWINGS", "draw_scene"]
