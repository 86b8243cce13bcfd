from .jobs import ExportPolicy, ExportViewSet

__all__ = ["ExportPolicy", "ExportViewSet"]
