"""A filter: whatever is said is said in capitals.

matchcut convert draft.fdx loud.fdx --filter examples/filters/shout.py
"""

import json
import sys


def shouted(node):
    """The node, and all that is in it, with the words of each Dialogue in capitals."""
    if isinstance(node, list):
        return [shouted(one) for one in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") == "Dialogue":
        runs = [{**one, "text": one["text"].upper()} if one["type"] == "Run" else one for one in node["text"]]
        return {**node, "text": runs}
    return {name: shouted(value) for name, value in node.items()}


sys.stdin.reconfigure(encoding="utf-8")
sys.stdout.reconfigure(encoding="utf-8")
json.dump(shouted(json.load(sys.stdin)), sys.stdout, ensure_ascii=False)
