package nad.dictionary;

import java.util.HashSet;
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

    /// This dictionary, with these operations allowed too: the D' of a program that was transformed.
    public Dictionary allowing(Set<String> operations) {
        if (allowed == null || allowed.containsAll(operations)) return this;
        Set<String> all = new HashSet<>(allowed);
        all.addAll(operations);
        return new Dictionary(name, all, prices, selections);
    }

    public CostModel costModel() {
        return CostModel.of(name, prices);
    }
}
