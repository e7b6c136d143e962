package nad.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import nad.arithmetic.Rational;
import nad.bound.Omega;
import nad.dictionary.CostModel;
import nad.dictionary.Elementary;
import nad.dictionary.Term;
import nad.print.PlainForm;

/// The scalar entries of D and D' as data for Coq: spec/proof/Dictionary.v, of the types that spec/proof/Term.v declares. The proofs
/// take rules, prices and ω from there, so that they speak of the tables that NAD runs on.
final class CoqDictionary {
    private CoqDictionary() {}

    static String of(List<Elementary> entries) {
        List<Elementary> scalar = entries.stream().filter(e -> e.kind == Elementary.Kind.POINTWISE && e.declared == null).toList();
        List<Elementary> functions = scalar.stream().filter(Elementary::differentiable).toList();
        return """
                (* Written by `nad dictionary --format coq`; a test holds it to the code. *)
                From Coq Require Import List String QArith.
                From NadProof Require Import Term.
                Import ListNotations.
                Open Scope string_scope.

                """
                + list("standard : list entry", scalar.stream().map(CoqDictionary::entry).toList()).replace("].", "]%nat.")
                + "(* The price of each, and its price where an operand is a constant of which the entry says that it matters. *)\n"
                + prices("unit", CostModel.UNIT, scalar) + prices("multiplicative", CostModel.MULTIPLICATIVE, scalar) + prices("weighted", CostModel.WEIGHTED, scalar)
                + "(* omega as NAD computes it: the largest over which operands are constants. *)\n"
                + omegas("unit", CostModel.UNIT, functions) + omegas("multiplicative", CostModel.MULTIPLICATIVE, functions)
                + omegas("weighted", CostModel.WEIGHTED, functions).stripTrailing() + "\n";
    }

    private static String list(String definition, List<String> elements) {
        return "Definition " + definition + " := [\n  " + String.join(";\n  ", elements) + "\n].\n\n";
    }

    private static String prices(String name, CostModel model, List<Elementary> entries) {
        return list(name + "_prices : list (string * (Q * Q))", entries.stream()
                .map(e -> "(" + name(e) + ", (" + rational(model.price(e, false)) + ", " + rational(model.price(e, true)) + "))").toList());
    }

    private static String omegas(String name, CostModel model, List<Elementary> entries) {
        Function<Elementary, Rational> omega = e -> Omega.of(e, model);
        return list(name + "_omega : list (string * Q)", entries.stream().filter(e -> omega.apply(e) != null)
                .map(e -> "(" + name(e) + ", " + rational(omega.apply(e)) + ")").toList());
    }

    private static String entry(Elementary e) {
        List<String> byConstant = IntStream.range(0, e.arity).filter(e::pricesConstant).mapToObj(Integer::toString).toList();
        List<String> rule = new ArrayList<>();
        if (e.differentiable())
            for (Term.Contribution c : e.rule(0)) rule.add((c.negative() ? "Takes " : "Gives ") + c.arg() + " " + argument(c.term()));
        boolean linear = e.inPrime && e.name.contains("'");
        return "Entry " + name(e) + " " + e.arity + " [" + String.join("; ", byConstant) + "] " + linear + " [" + String.join("; ", rule) + "]";
    }

    private static String name(Elementary e) {
        return '"' + PlainForm.name(e) + '"';
    }

    private static String argument(Term t) {
        return t instanceof Term.Result || t instanceof Term.Bar ? term(t) : "(" + term(t) + ")";
    }

    private static String term(Term t) {
        return switch (t) {
            case Term.Arg a -> "Arg " + a.k();
            case Term.Result r -> "Res";
            case Term.Bar b -> "Bar";
            case Term.Literal l -> "Lit " + rational(l.value());
            case Term.Irrational c -> "Const \"" + c.value() + "\" " + rational(PlainForm.decimal(c.value()));
            case Term.Apply a -> "App " + name(a.f()) + " [" + String.join("; ", a.args().stream().map(CoqDictionary::term).toList()) + "]";
            default -> throw new IllegalStateException(t.toString());
        };
    }

    private static String rational(Rational r) {
        return "(" + r.numerator() + " # " + r.denominator() + ")%Q";
    }
}
