package nad.dictionary;

import java.util.Map;
import java.util.Set;
import nad.arithmetic.Rational;

/// A dictionary that a file declares: a restricted D with prices and selections of its own.
///
/// @param allowed names of the operations allowed, or null for all of them
/// @param prices  prices by name; whatever has none costs 1
public record Dictionary(String name, Set<String> allowed, Map<String, Rational> prices, Selections selections) {
    public boolean allows(String operation) {
        return allowed == null || allowed.contains(operation);
    }

    public CostModel costModel() {
        return CostModel.of(name, prices);
    }
}
