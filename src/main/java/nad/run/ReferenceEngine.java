package nad.run;

import java.util.HashMap;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.core.Program;
import nad.dictionary.Selections;

/// The interpreter as an [Engine]: each run reads the program again. In float32 the doubles of its arrays are rounded.
record ReferenceEngine(Program program, Selections selections, Arithmetic arithmetic) implements Engine {
    @Override
    public Workspace workspace() {
        return (inputs, results) -> {
            Engine.requireShapes(program, inputs, results);
            Map<String, Tensor> named = new HashMap<>();
            for (int k = 0; k < inputs.length; k++) {
                Program.Parameter q = program.parameters().get(k);
                named.put(q.name(), Tensor.of(q.shape(), inputs[k]));
            }
            Run run = Interpreter.run(program, named, arithmetic, selections, false);
            for (int k = 0; k < results.length; k++) System.arraycopy(run.results().get(k).real(), 0, results[k], 0, results[k].length);
        };
    }
}
