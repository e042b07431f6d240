"""Colours by name, as notes and scenes in Fountain and their like have them."""

from __future__ import annotations

NAMED_COLORS = {
    "black": "#000000",
    "white": "#FFFFFF",
    "red": "#FF0000",
    "green": "#00C000",
    "blue": "#0000FF",
    "yellow": "#FFFF00",
    "orange": "#FFA500",
    "purple": "#800080",
    "pink": "#FFC0CB",
    "brown": "#A52A2A",
    "cyan": "#00FFFF",
    "magenta": "#FF00FF",
    "gray": "#808080",
    "grey": "#808080",
    "teal": "#008080",
    "mint": "#98FF98",
    "olive": "#808000",
    "gold": "#FFD700",
    "violet": "#EE82EE",
}
