package nad.dictionary;

import java.util.HashSet;
import java.util.LinkedHashMap;
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

    /// The same under another name.
    public Dictionary under(String name) {
        return new Dictionary(name, allowed, prices, selections.named(name));
    }

    /// With what is said of a function said of another one too.
    public Dictionary alike(String function, String other) {
        Map<String, Rational> priced = new LinkedHashMap<>(prices);
        prices.forEach((f, price) -> {
            if (f.equals(function) || f.startsWith(function + "'")) priced.put(other + f.substring(function.length()), price);
        });
        Set<String> all = allowed == null ? null : new HashSet<>(allowed);
        if (all != null && all.contains(function)) all.add(other);
        return new Dictionary(name, all, priced, selections.alike(function, other));
    }

    public CostModel costModel() {
        return CostModel.of(name, prices);
    }
}
