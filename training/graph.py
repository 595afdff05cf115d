"""A small builder of ONNX graphs: the trained parts as the operators that onnxruntime runs fastest on a CPU."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from training.model import HEADS, HIDDEN, Encoder, LinkHead, PairHead

MICROSOFT = "com.microsoft"
FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64


class Graph:
    """Nodes and weights of one model, added in order; methods return the name of what they computed."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.inputs: list[onnx.ValueInfoProto] = []
        self.outputs: list[onnx.ValueInfoProto] = []

    def input(self, name: str, kind: int, shape: list[int | str]) -> str:
        self.inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def output(self, name: str, of: str, shape: list[int | str]) -> None:
        self.nodes.append(helper.make_node("Identity", [of], [name]))
        self.outputs.append(helper.make_tensor_value_info(name, FLOAT, shape))

    def weight(self, value: np.ndarray) -> str:
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, operator: str, *inputs: str, domain: str = "", **attributes: object) -> str:
        return self.several(operator, 1, *inputs, domain=domain, **attributes)[0]

    def several(self, operator: str, outputs: int, *inputs: str, domain: str = "", **attributes: object) -> list[str]:
        names = [f"t{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(operator, list(inputs), names, domain=domain, **attributes))
        return names

    def save(self, path: Path) -> None:
        graph = helper.make_graph(self.nodes, path.stem, self.inputs, self.outputs, self.weights)
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(MICROSOFT, 1)], ir_version=9
        )
        onnx.save(model, str(path))

    def linear(self, x: str, layer: nn.Linear) -> str:
        y = self.node("MatMul", x, self.weight(_array(layer.weight).T))
        return y if layer.bias is None else self.node("Add", y, self.weight(_array(layer.bias)))

    def quantised_linear(self, x: str, weight: np.ndarray, bias: np.ndarray, reach: np.ndarray) -> str:
        """A linear layer in int8: activations quantised per call, weights [in, out] per column, to 7 bits.

        Seven bits keep the 16-bit sums of AVX2's multiply-add from saturating, so that every processor counts alike. `reach` is
        how far each input goes on real text; inputs that go far are scaled down and their weights up, half way each
        (SmoothQuant, Xiao and others 2023), because one scale serves all inputs of a call.
        """
        smooth = np.sqrt(np.maximum(reach, 1e-3) / np.maximum(np.abs(weight).max(1), 1e-3)).astype(np.float32)
        x = self.node("Mul", x, self.weight(1 / smooth))
        weight = weight * smooth[:, None]
        scale = np.maximum(np.abs(weight).max(0) / 63, 1e-8).astype(np.float32)
        whole = np.clip(np.round(weight / scale), -63, 63).astype(np.int8)
        zero = self.weight(np.zeros(len(scale), dtype=np.int8))
        return self.node(
            "DynamicQuantizeMatMul", x, self.weight(whole), self.weight(scale), zero, self.weight(bias), domain=MICROSOFT
        )

    def perceptron(self, x: str, layers: nn.Sequential) -> str:
        return self.linear(self.node("Gelu", self.linear(x, layers[0])), layers[3])

    def rows(self, table: nn.Embedding, indices: str) -> str:
        return self.node("Gather", self.weight(_array(table.weight)), indices, axis=0)

    def encoder(self, encoder: Encoder, pieces: str, reach: dict[nn.Module, np.ndarray]) -> str:
        """[1, pieces] ids to [1, pieces, 384]; `reach` by linear layer, see `quantised_linear`."""
        table = _array(encoder.words.weight)
        scale = np.maximum(np.abs(table).max(1, keepdims=True) / 127, 1e-8).astype(np.float32)
        small = np.clip(np.round(table / scale), -127, 127).astype(np.int8)
        words = self.node("Cast", self.node("Gather", self.weight(small), pieces, axis=0), to=FLOAT)
        words = self.node("Mul", words, self.node("Gather", self.weight(scale), pieces, axis=0))
        length = self.node("Shape", pieces, start=1, end=2)
        zero = self.weight(np.zeros(1, dtype=np.int64))
        at = _array(encoder.positions.weight) + _array(encoder.kind)
        positions = self.node("Slice", self.weight(at), zero, length)
        x = self._norm(self.node("Add", words, positions), encoder.norm)
        for layer in encoder.layers:
            joined = [_array(p.weight).T for p in (layer.query, layer.key, layer.value)]
            bias = np.concatenate([_array(p.bias) for p in (layer.query, layer.key, layer.value)])
            packed = self.quantised_linear(x, np.concatenate(joined, 1), bias, reach[layer.query])
            parts = self.several("Split", 3, packed, axis=2, num_outputs=3)
            attended = self.node("MultiHeadAttention", *parts, domain=MICROSOFT, num_heads=HEADS)
            attended = self._quantised(attended, layer.output, reach)
            x = self._norm(self.node("Add", x, attended), layer.attention_norm)
            up = self.node("Gelu", self._quantised(x, layer.up, reach))
            down = self._quantised(up, layer.down, reach)
            x = self._norm(self.node("Add", x, down), layer.norm)
        return x

    def _quantised(self, x: str, layer: nn.Linear, reach: dict[nn.Module, np.ndarray]) -> str:
        return self.quantised_linear(x, _array(layer.weight).T, _array(layer.bias), reach[layer])

    def _norm(self, x: str, norm: nn.LayerNorm) -> str:
        return self.node(
            "LayerNormalization", x, self.weight(_array(norm.weight)), self.weight(_array(norm.bias)), epsilon=1e-12, axis=-1
        )

    def pair_scores(self, head: PairHead, types: str | None) -> str:
        """Probabilities [anchors, words, roles * 2] from the inputs that `pair_inputs` declares."""
        one, zero = self.weight(np.array([1])), self.weight(np.array([0]))
        at = self.linear("anchors", head.anchor)
        if types is not None:
            at = self.node("Add", at, self.rows(head.event_type, types))
        near = self.node("Add", self.node("Unsqueeze", at, one), self.node("Unsqueeze", self.linear("words", head.word), zero))
        near = self.node("Add", near, self.rows(head.distance, "distance"))
        near = self.node("Add", near, self.rows(head.sentences, "sentences"))
        gate = self.node("Unsqueeze", self.linear("anchors", head.anchor_gate), one)
        both = self.node("Mul", gate, self.node("Unsqueeze", self.linear("words", head.word_gate), zero))
        return self.node("Sigmoid", self.linear(self.node("Concat", self.node("Gelu", near), both, axis=-1), head.out))

    def pair_inputs(self, typed: bool) -> None:
        self.input("anchors", FLOAT, ["anchors", HIDDEN])
        self.input("words", FLOAT, ["words", HIDDEN])
        self.input("distance", INT64, ["anchors", "words"])
        self.input("sentences", INT64, ["anchors", "words"])
        if typed:
            self.input("types", INT64, ["anchors"])

    def link_scores(self, head: LinkHead) -> str:
        a = self.linear(self.input("later", FLOAT, ["pairs", HIDDEN]), head.later)
        b = self.linear(self.input("earlier", FLOAT, ["pairs", HIDDEN]), head.earlier)
        near = self.node("Add", self.node("Add", a, b), self.rows(head.same_type, self.input("same_type", INT64, ["pairs"])))
        near = self.node("Add", near, self.rows(head.distance, self.input("distance", INT64, ["pairs"])))
        parts = (self.node("Gelu", near), self.node("Mul", a, b), self.node("Abs", self.node("Sub", a, b)))
        return self.node("Sigmoid", self.perceptron(self.node("Concat", *parts, axis=-1), head.out))


def _array(parameter: nn.Parameter) -> np.ndarray:
    return parameter.detach().numpy().astype(np.float32)
