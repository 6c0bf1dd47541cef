"""What MCP clients read: data as JSON, where Gradio would write Python's own form of it."""

import json
from typing import Any


def answer_in_json(server: Any) -> None:
    """Let the tools of Gradio's MCP server answer with JSON; a text stays as it is.

    Args:
        server: the `mcp_server_obj` of a page.
    """
    written = server.postprocess_output_data

    def postprocess(data: list[Any], root_url: str) -> list[Any]:
        texts = [value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in data]
        return written(texts, root_url)

    server.postprocess_output_data = postprocess
