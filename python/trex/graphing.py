"""The plan as a graph of layers and memory regions, and as DOT and ONNX, as TREx had it.

`plan.engine.draw()` is faster, scales to large engines and needs no Graphviz.
"""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import os
from collections import OrderedDict, namedtuple
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Sequence

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


class PortDesc(NamedTuple):
    """A layer's input or output by number; a memory node has no port."""

    layer_name: str
    port: Optional[int] = None


class Edge(NamedTuple):
    src: PortDesc
    dst: PortDesc
    tensor: Activation
    region_gen: Optional[int] = None


class RegionGeneration:
    """What stands in a region from one write to the next: who writes it, who reads it."""

    def __init__(self, tensor: Activation, is_user: bool, id: int = 0) -> None:
        self.tensor = tensor
        self.is_user = is_user
        self.id = id
        self.writers: List[PortDesc] = []
        self.readers: List[PortDesc] = []

    @property
    def is_forked(self) -> bool:
        return len(self.writers) > 1 or len(self.readers) > 1

    def __repr__(self) -> str:
        return f"{self.tensor.name}#{self.id}: {len(self.writers)} -> {len(self.readers)}"


class Region:
    """A named buffer and its generations: a write after a read begins a new one."""

    def __init__(self) -> None:
        self.generations: List[RegionGeneration] = []
        self.is_user = False

    @property
    def name(self) -> str:
        return self.generations[0].tensor.name if self.generations else ""

    def add_generation(self, tensor: Activation) -> RegionGeneration:
        generation = RegionGeneration(tensor, self.is_user, len(self.generations))
        self.generations.append(generation)
        return generation

    def nb_generations(self) -> int:
        return len(self.generations)

    def _generation(self, gen_id: Optional[int], tensor: Activation) -> RegionGeneration:
        while not self.generations or (gen_id is not None and gen_id >= len(self.generations)):
            self.add_generation(tensor)
        return self.generations[-1 if gen_id is None else gen_id]

    def add_writer(self, gen_id: Optional[int], writer: PortDesc, tensor: Activation) -> None:
        self._generation(gen_id, tensor).writers.append(writer)

    def add_reader(self, gen_id: Optional[int], reader: PortDesc, tensor: Activation) -> None:
        self._generation(gen_id, tensor).readers.append(reader)

    def writers(self, gen_id: Optional[int] = None) -> List[PortDesc]:
        """Of one generation; of all without an id."""
        if gen_id is not None:
            return self.generations[gen_id].writers
        return [writer for generation in self.generations for writer in generation.writers]

    def readers(self, gen_id: Optional[int] = None) -> List[PortDesc]:
        if gen_id is not None:
            return self.generations[gen_id].readers
        return [reader for generation in self.generations for reader in generation.readers]

    def is_placeholder(self) -> bool:
        """Nothing writes it: an engine input, or a constant."""
        return not self.writers()


def _regions(layers: Sequence[Layer], bindings: Sequence[str]) -> Dict[str, Region]:
    users = set(bindings)
    regions: Dict[str, Region] = {}

    def region_of(tensor: Activation) -> Region:
        region = regions.get(tensor.name)
        if region is None:
            region = regions[tensor.name] = Region()
            region.is_user = tensor.name in users
        return region

    for layer in layers:
        for port, tensor in enumerate(layer.inputs):
            region_of(tensor).add_reader(None, PortDesc(layer.name, port), tensor)
        for port, tensor in enumerate(layer.outputs):
            region = region_of(tensor)
            if region.generations and region.generations[-1].readers:
                region.add_generation(tensor)
            region.add_writer(None, PortDesc(layer.name, port), tensor)
    return regions


def regions_factory(plan: Any) -> List[Region]:
    """The plan's regions, in order of first use."""
    return list(_regions(plan.all_layers, plan.bindings).values())


class LayerNode:
    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self.name = layer.name
        self.id = layer.name

    def __repr__(self) -> str:
        return f"LayerNode({self.name})"


def _memory_port(generation: RegionGeneration) -> PortDesc:
    """An engine input or output goes by its name, another region by name and generation."""
    name = generation.tensor.name
    if generation.is_user and generation.id == 0:
        return PortDesc(name)
    return PortDesc(f"{name}.{generation.id}", 0)


MemoryNode = namedtuple("MemoryNode", ["name", "tensor", "region_gen", "is_user"])


class PlanGraph:
    """Layers and memory nodes, and the edges between them.

    A tensor is an edge from who writes it to who reads it. Engine inputs and outputs are nodes, and
    so are the generations of a region that is written again; all regions, or those with several
    readers or writers, when asked for.
    """

    def __init__(
        self,
        plan: Any,
        include_regions: bool = False,
        include_constants: bool = False,
        include_forking_regions: bool = False,
    ) -> None:
        self.plan = plan
        self.include_regions = include_regions
        self.include_constants = include_constants
        self.include_forking_regions = include_forking_regions
        self._constants = {t.name for c in plan.constants for t in c.outputs}
        layers = plan.all_layers if include_constants else plan.layers
        self._layer_nodes = [LayerNode(layer) for layer in layers]
        self._memory_nodes: List[Any] = []
        self._edges: List[Edge] = []
        self.regions = list(_regions(layers, plan.bindings).values())
        for region in self.regions:
            self._add_region(region)

    @property
    def layer_nodes(self) -> List[LayerNode]:
        return self._layer_nodes

    @property
    def memory_nodes(self) -> List[Any]:
        return self._memory_nodes

    @property
    def edges_list(self) -> List[Edge]:
        return self._edges

    def should_include_region(
        self, region: Region, generation: RegionGeneration, is_constant: bool
    ) -> bool:
        """Is this generation a node of its own?"""
        if is_constant:
            return self.include_constants and self.include_regions
        return (
            generation.is_user
            or self.include_regions
            or region.nb_generations() > 1
            or (self.include_forking_regions and generation.is_forked)
        )

    def _add_region(self, region: Region) -> None:
        is_constant = region.name in self._constants
        if is_constant and not self.include_constants:
            return
        for generation in region.generations:
            if self.should_include_region(region, generation, is_constant):
                self._add_memory(region, generation)
            else:
                self._edges.extend(
                    Edge(writer, reader, generation.tensor, generation.id)
                    for writer in generation.writers
                    for reader in generation.readers
                )

    def _add_memory(self, region: Region, generation: RegionGeneration) -> None:
        tensor = generation.tensor
        here = _memory_port(generation)
        node = MemoryNode(here.layer_name, tensor, generation.id, generation.is_user)
        self._memory_nodes.append(node)
        if generation.id > 0:
            before = _memory_port(region.generations[generation.id - 1])
            self._edges.append(Edge(before, here, tensor, generation.id))
        self._edges.extend(Edge(w, here, tensor, generation.id) for w in generation.writers)
        self._edges.extend(Edge(here, r, tensor, generation.id) for r in generation.readers)


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
        df = self.plan.df
        column = f"latency.{latency_type}"
        if column not in df.columns:
            return {}
        return dict(zip(df["Name"], df[column]))

    def _add_nodes(self, only_connected: bool) -> None:
        connected = {
            port.layer_name for edge in self.graph.edges_list for port in (edge.src, edge.dst)
        }
        self.stations: List[str] = []
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
        return self.data

    def save(self, path: str) -> str:
        with open(path, "wb") as file:
            file.write(self.data)
        return path

    @property
    def onnx_model(self) -> Any:
        try:
            import onnx
        except ImportError as error:
            raise ImportError(
                "onnx_model needs the package 'onnx': pip install onnx; save(path) does not"
            ) from error
        return onnx.load_from_string(self.data)
