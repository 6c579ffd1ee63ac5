"""The plan as a graph of layers and memory regions, and as DOT and ONNX, as TREx had it.

`plan.engine.draw()` is faster, scales to large engines and needs no Graphviz.
"""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import os
from collections import OrderedDict
from typing import Any, Callable, Dict, List, Sequence

from ._plan_graph import Edge, LayerNode, MemoryNode, PlanGraph
from ._plan_graph import PortDesc, Region, RegionGeneration, regions_factory
from .activations import Activation
from .colors import layer_colormap, precision_colormap
from .dot import Digraph, clean, escaped
from .layer import Layer

__all__ = [
    "PortDesc",
    "Edge",
    "RegionGeneration",
    "Region",
    "regions_factory",
    "LayerNode",
    "MemoryNode",
    "PlanGraph",
    "latency_types",
    "render_dot",
    "clean_layer_name",
    "layer_node_renderer_simple",
    "layer_node_renderer_keras",
    "layer_node_highlighter",
    "layer_node_configurable_renderer",
    "layer_precision_formatter",
    "layer_type_formatter",
    "region_precision_formatter",
    "precision_formatter",
    "layer_node_formatters",
    "layer_node_renderers",
    "get_dot_id",
    "DotGraph",
    "to_dot",
    "make_onnx_tensor",
    "OnnxGraph",
]


latency_types = ("time", "avg_time", "median_time")


def render_dot(dot_graph: Any, engine_name: str, output_format: str) -> str:
    """Writes engine_name.output_format (svg, png, ...) and returns its path."""
    path = os.path.abspath(f"{engine_name}.{output_format}")
    dot_graph.render(outfile=path, format=output_format)
    print(f"Created file://{path}")
    return path


def clean_layer_name(layer: Any) -> str:
    """The name for a label, a line for each part of "a + b + c"."""
    name = layer if isinstance(layer, str) else layer.name
    return "<BR/>".join(escaped(part) for part in name.split(" + "))


def _label_name(layer: Layer, stack: bool) -> str:
    return clean_layer_name(layer) if stack else escaped(layer.name)


def _has_time(latency: Any) -> bool:
    return isinstance(latency, (int, float)) and latency == latency and latency > 0


def _said_latency(latency: Any) -> str:
    return f"{latency:.5g} ms" if _has_time(latency) else ""


def _table(rows: Sequence[str]) -> str:
    body = "".join(f"<TR><TD>{row}</TD></TR>" for row in rows if row)
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="2">{body}</TABLE>>'


def layer_node_renderer_simple(
    layer: Layer,
    latency: Any,
    display_layer_names: bool = True,
    expand_layer_details: bool = False,
    stack_layer_names: bool = True,
    display_metadata: bool = True,
) -> str:
    """The type alone."""
    return clean(layer.type)


def layer_node_renderer_keras(
    layer: Layer,
    latency: Any,
    display_layer_names: bool = True,
    expand_layer_details: bool = False,
    stack_layer_names: bool = True,
    display_metadata: bool = True,
) -> str:
    """Name and type, beside the shapes of all inputs and outputs."""
    name = _label_name(layer, stack_layer_names) if display_layer_names else ""
    head = "<BR/>".join(part for part in (name, escaped(layer.type)) if part)

    def shapes(tensors: List[Activation]) -> str:
        return "<BR/>".join(escaped(tensor.shape) for tensor in tensors) or "-"

    return (
        '<<TABLE BORDER="0" CELLBORDER="1" CELLSPACING="0" CELLPADDING="4">'
        f'<TR><TD ROWSPAN="2">{head}</TD><TD>input:</TD><TD>{shapes(layer.inputs)}</TD></TR>'
        f"<TR><TD>output:</TD><TD>{shapes(layer.outputs)}</TD></TR></TABLE>>"
    )


def _details(layer: Layer) -> List[str]:
    """Activation, fused add and operations, where the layer has them."""
    raw = layer.raw_dict
    details = []
    if raw.get("Activation") not in (None, "", "NONE"):
        details.append(escaped(raw["Activation"]))
    if layer.type == "Convolution" and len(layer.inputs) > 1:
        details.append("Residual add")
    details.extend(escaped(operation) for operation in raw.get("Operations", []) or [])
    return details


def layer_node_configurable_renderer(
    layer: Layer,
    latency: Any,
    display_layer_names: bool = True,
    expand_layer_details: bool = False,
    stack_layer_names: bool = True,
    display_metadata: bool = True,
) -> str:
    """Type and time, then what is asked for."""
    head = f"<B>{escaped(layer.type)}</B>"
    if _has_time(latency):
        head += f" ({_said_latency(latency)})"
    rows = [head]
    if display_layer_names:
        rows.append(_label_name(layer, stack_layer_names))
    if expand_layer_details:
        rows.extend(_details(layer))
    if display_metadata and layer.metadata:
        rows.append(f'<FONT POINT-SIZE="9">{escaped(layer.metadata[:2000])}</FONT>')
    return _table(rows)


def layer_node_highlighter(node_name: str, highlighted_layer_names: Any) -> Dict[str, str]:
    """A red halo for the layers that are named."""
    if node_name not in highlighted_layer_names:
        return {}
    return {"penwidth": "6", "color": "red"}


def _text_color(fill: str) -> str:
    """Black or white, whichever stands out (W3C's luminance with equal weights of green)."""
    red, green, blue = (int(fill[i : i + 2], 16) for i in (1, 3, 5))
    return "black" if 0.299 * red + 0.587 * green + 0.114 * blue > 120 else "white"


def _node_style(layer: Layer, fill: str) -> Dict[str, str]:
    return {
        "shape": "Mrecord",
        "style": "filled",
        "fillcolor": fill,
        "fontcolor": _text_color(fill),
        "color": "lightgray",
        "tooltip": layer.tooltip(),
    }


def layer_precision_formatter(layer: Layer) -> Dict[str, str]:
    """Fill colour by precision."""
    return _node_style(layer, precision_colormap[layer.precision or ""])


def layer_type_formatter(layer: Layer) -> Dict[str, str]:
    """Fill colour by type."""
    return _node_style(layer, layer_colormap[layer.type])


def region_precision_formatter(tensor: Activation, is_user: bool) -> Dict[str, str]:
    """Outline by precision; engine inputs and outputs are filled."""
    color = precision_colormap[tensor.precision]
    style = {
        "shape": "rectangle",
        "style": "dashed",
        "color": color,
        "penwidth": "3",
        "tooltip": tensor.tooltip(),
    }
    if is_user:
        style.update(style="filled", fillcolor=color, fontcolor=_text_color(color))
    return style


# The names that notebooks of older versions use.
precision_formatter = layer_precision_formatter

layer_node_formatters: "OrderedDict[str, Callable[..., Any]]" = OrderedDict(
    [("Layer Type", layer_type_formatter), ("Layer Precision", layer_precision_formatter)]
)
layer_node_renderers: "OrderedDict[str, Callable[..., Any]]" = OrderedDict(
    [
        ("Configurable", layer_node_configurable_renderer),
        ("Minimal", layer_node_renderer_simple),
        ("Keras", layer_node_renderer_keras),
    ]
)


def get_dot_id(layer_name: str) -> str:
    """A name as a DOT identifier: a colon would begin a port."""
    return layer_name.replace(":", "###")


class DotGraph:
    """The plan graph as a Digraph, in the attribute `dot`."""

    def __init__(
        self,
        plan: Any,
        layer_node_formatter: Callable[..., Any],
        layer_node_highlighter: Callable[..., Any] = layer_node_highlighter,
        layer_node_renderer: Callable[..., Any] = layer_node_configurable_renderer,
        region_formatter: Callable[..., Any] = region_precision_formatter,
        display_layer_names: bool = True,
        stack_layer_names: bool = True,
        display_regions: bool = False,
        display_forking_regions: bool = False,
        expand_layer_details: bool = False,
        display_constants: bool = False,
        display_latency: bool = True,
        latency_type: str = "avg_time",
        display_region_reuse: bool = False,
        display_region_names: bool = False,
        display_edge_name: bool = False,
        display_edge_details: bool = True,
        highlight_layers: Any = None,
        remove_disconnected_layers: bool = False,
        display_metadata: bool = True,
    ) -> None:
        if latency_type not in latency_types:
            raise ValueError(f"latency_type is one of {', '.join(latency_types)}")
        self.plan = plan
        self.options = dict(
            display_layer_names=display_layer_names,
            expand_layer_details=expand_layer_details,
            stack_layer_names=stack_layer_names,
            display_metadata=display_metadata,
        )
        self.format_layer = layer_node_formatter
        self.highlight = layer_node_highlighter
        self.render_layer = layer_node_renderer
        self.format_region = region_formatter
        self.show_reuse = display_region_reuse
        self.show_region_names = display_region_names
        self.show_edge_name = display_edge_name
        self.show_edge_details = display_edge_details
        self.highlighted = _names_of(highlight_layers)
        self.graph = PlanGraph(plan, display_regions, display_constants, display_forking_regions)
        self.memories = {memory.name for memory in self.graph.memory_nodes}
        self.latencies = self._latencies(latency_type) if display_latency else {}
        self.dot = Digraph(plan.name)
        self.dot.attr(rankdir="TB")
        self.dot.attr("node", shape="record", fontname="Helvetica")
        self.dot.attr("edge", fontname="Helvetica", fontsize="10")
        self._add_nodes(remove_disconnected_layers)
        self._add_edges()

    def _latencies(self, latency_type: str) -> Dict[str, float]:
        return dict(zip(self.plan.df["Name"], self.plan.df[f"latency.{latency_type}"]))

    def _add_nodes(self, only_connected: bool) -> None:
        connected = {
            port.layer_name for edge in self.graph.edges_list for port in (edge.src, edge.dst)
        }
        for node in self.graph.layer_nodes:
            station = node.layer.type == "TrainStation"
            if only_connected and not station and node.name not in connected:
                continue
            self._add_layer(node.layer)
        for memory in self.graph.memory_nodes:
            self._add_memory(memory)
        self._add_stations()

    def _add_layer(self, layer: Layer) -> None:
        label = self.render_layer(layer, self.latencies.get(layer.name), **self.options)
        style = dict(self.format_layer(layer))
        style.update(self.highlight(layer.name, self.highlighted))
        self.dot.node(get_dot_id(layer.name), label, **style)

    def _add_memory(self, memory: Any) -> None:
        lines = [str(memory.tensor.shape), memory.tensor.format]
        if self.show_region_names or memory.is_user:
            lines.insert(0, memory.tensor.name)
        if self.show_reuse:
            lines.append(f"gen={memory.region_gen}")
        style = dict(self.format_region(memory.tensor, memory.is_user))
        self.dot.node(self._id(memory.name), "\\n".join(lines), **style)

    def _add_stations(self) -> None:
        """A TrainStation waits for the layers before it, and those after it wait."""
        layers = [node.layer for node in self.graph.layer_nodes]
        for before, after in zip(layers, layers[1:]):
            if "TrainStation" in (before.type, after.type):
                self.dot.edge(get_dot_id(before.name), get_dot_id(after.name), style="dashed")

    def _id(self, name: str) -> str:
        """Layers and memory may have equal names."""
        return get_dot_id(f"{name}.region" if name in self.memories else name)

    def _add_edges(self) -> None:
        for edge in self.graph.edges_list:
            ends = (edge.src.layer_name, edge.dst.layer_name)
            between = all(name in self.memories for name in ends)
            lines = []
            if self.show_edge_name:
                lines.append(edge.tensor.name)
            if self.show_edge_details and not between:
                lines += [str(edge.tensor.shape), edge.tensor.format]
            self.dot.edge(
                self._id(ends[0]),
                self._id(ends[1]),
                "\\n".join(lines),
                color=precision_colormap[edge.tensor.precision],
                **({"style": "dashed"} if between else {}),
            )


def _names_of(layers: Any) -> set:  # type: ignore[type-arg]
    """Names of layers: of a dataframe of them, of Layers, of names, or one name."""
    if layers is None:
        return set()
    if isinstance(layers, str):
        return {layers}
    if hasattr(layers, "columns"):
        return set(layers["Name"])
    return {getattr(layer, "name", layer) for layer in layers}


def to_dot(*args: Any, **kwargs: Any) -> Digraph:
    """The plan graph as a Digraph; takes what DotGraph takes."""
    return DotGraph(*args, **kwargs).dot


def make_onnx_tensor(tensor: Activation) -> Any:
    """The tensor as an ONNX value info; needs the package onnx."""
    try:
        import onnx
    except ImportError as error:
        raise ImportError("make_onnx_tensor needs the package 'onnx': pip install onnx") from error
    kinds = onnx.TensorProto
    types = {
        "FP32": kinds.FLOAT, "TF32": kinds.FLOAT, "FP16": kinds.FLOAT16, "BF16": kinds.BFLOAT16,
        "INT8": kinds.INT8, "UINT8": kinds.UINT8, "INT32": kinds.INT32, "INT64": kinds.INT64,
        "BOOL": kinds.BOOL, "FP64": kinds.DOUBLE,
    }  # fmt: skip
    kind = types.get(tensor.precision, kinds.UNDEFINED)
    return onnx.helper.make_tensor_value_info(tensor.name, kind, tensor.shape)


class OnnxGraph:
    """The plan as an ONNX file for Netron: its nodes are the plan's layers.

    `save(path)` and `SerializeToString()` need nothing; `onnx_model` needs the package onnx.
    """

    def __init__(self, plan: Any, display_forking_regions: bool) -> None:
        self.plan = plan
        self.data: bytes = plan.engine.draw(
            "onnx", forked_regions=bool(display_forking_regions)
        ).data

    def SerializeToString(self) -> bytes:
        """The ONNX file's bytes."""
        return self.data

    def save(self, path: str) -> str:
        """Writes the file; returns the path."""
        with open(path, "wb") as file:
            file.write(self.data)
        return path

    @property
    def onnx_model(self) -> Any:
        """As the package onnx holds it."""
        try:
            import onnx
        except ImportError as error:
            raise ImportError(
                "onnx_model needs the package 'onnx': pip install onnx; save(path) does not"
            ) from error
        return onnx.load_from_string(self.data)
