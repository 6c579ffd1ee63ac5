"""Diagrams chosen from a list, with ipywidgets."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import inspect
from typing import Any, Callable, Dict

from ._optional import need


def _chosen(user_choice: Any) -> Any:
    """The choice of a widget's change, or the choice itself."""
    if isinstance(user_choice, dict):
        return user_choice.get("new")
    return getattr(user_choice, "new", user_choice)


class _Dropdown:
    def __init__(self, choices: Dict[Any, Any], description: str) -> None:
        widgets = need("ipywidgets", "trex.interactive")
        display = need("IPython.display", "trex.interactive").display
        self.choices = choices
        self.output = widgets.Output()
        self.choice_widget = widgets.Dropdown(
            options=list(choices),
            value=next(iter(choices), None),
            description=description,
            layout=widgets.Layout(width="auto"),
            style={"description_width": "initial"},
        )
        self.choice_widget.observe(self.dropdown_state_eventhandler, names="value")
        display(widgets.VBox([self.choice_widget, self.output]))
        if choices:
            self.dropdown_state_eventhandler(next(iter(choices)))

    def render(self, choice: Any) -> None:
        raise NotImplementedError

    def dropdown_state_eventhandler(self, user_choice: Any) -> None:
        """Shows the diagram of a choice."""
        choice = _chosen(user_choice)
        if choice not in self.choices:
            return
        self.output.clear_output(wait=True)
        with self.output:
            self.render(choice)


class InteractiveDiagram(_Dropdown):
    """One renderer, called with the choice and its arguments."""

    def __init__(
        self, diagram_renderer: Callable[..., Any], choices: Dict[Any, Any], description: str
    ) -> None:
        self.diagram_renderer = diagram_renderer
        super().__init__(choices, description)

    def render(self, choice: Any) -> None:
        """Calls the renderer with the choice."""
        arguments = self.choices[choice]
        try:
            takes = len(inspect.signature(self.diagram_renderer).parameters)
        except (TypeError, ValueError):
            takes = 2
        if takes == 1:
            self.diagram_renderer(arguments)
        else:
            self.diagram_renderer(choice, arguments)


class InteractiveDiagram_2(_Dropdown):
    """A function a choice, called without arguments."""

    def __init__(self, choices: Dict[Any, Any], description: str) -> None:
        super().__init__(choices, description)

    def render(self, choice: Any) -> None:
        """Calls the choice's function."""
        self.choices[choice]()
