using System.Text;

namespace VrrpPS.Conformance;

/// <summary>Requirements against proofs: what is shown by which test, and what is missing.</summary>
/// <param name="requirements">Every row.</param>
/// <param name="proofs">Every attribute.</param>
/// <param name="pending">Rows that are allowed to be incomplete while the product is being built.</param>
internal sealed class Ledger(IReadOnlyList<Requirement> requirements, IReadOnlyList<Proof> proofs, IReadOnlySet<string> pending)
{
    /// <summary>Rows that are incomplete, pending or not.</summary>
    public IEnumerable<string> Incomplete => requirements.Where(row => Missing(row).Count > 0).Select(row => row.Id);

    /// <summary>Everything that is wrong with the ledger, in words.</summary>
    public IReadOnlyList<string> Complaints()
    {
        var complaints = new List<string>();
        var ids = requirements.Select(row => row.Id).ToList();
        complaints.AddRange(ids.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => $"{group.Key} is listed twice."));
        complaints.AddRange(proofs.Where(proof => !ids.Contains(proof.Id)).Select(proof => $"{proof.Test} proves {proof.Id}, which is no requirement."));
        complaints.AddRange(pending.Where(id => !ids.Contains(id)).Select(id => $"{id} is pending, but no requirement."));
        foreach (var row in requirements)
        {
            var missing = Missing(row);
            if (missing.Count == 0 && pending.Contains(row.Id))
            {
                complaints.Add($"{row.Id} is pending, but proven: take it off the list.");
            }
            else if (!pending.Contains(row.Id))
            {
                complaints.AddRange(missing.Select(polarity => $"{row.Id} has no test with Polarity.{polarity}, and no reason for that."));
            }
        }

        return complaints;
    }

    /// <summary>The ledger as Markdown.</summary>
    public string Render()
    {
        var text = new StringBuilder();
        text.Append("# Conformance ledger\n\nGenerated from the `[Conformance]` attributes of the tests and `requirements.txt`; `VRRPPS_UPDATE_LEDGER=1` and the test run write it anew.\n\n");
        text.Append($"{requirements.Count} requirements, {requirements.Count - Incomplete.Count()} proven, {Incomplete.Count()} pending.\n\n");
        foreach (var row in requirements)
        {
            text.Append($"## {row.Id}\n\n{row.Wording}\n\n");
            if (row.NoTest is not null)
            {
                text.Append($"- no test: {row.NoTest}\n");
            }

            Append(text, row, Polarity.Required, "required");
            Append(text, row, Polarity.Refused, "refused");
            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private void Append(StringBuilder text, Requirement row, Polarity polarity, string label)
    {
        foreach (var proof in Of(row).Where(proof => proof.Polarity == polarity).OrderBy(proof => proof.Test, StringComparer.Ordinal))
        {
            text.Append($"- {label}: {proof.Test}{(proof.NoCounterCase is null ? "" : $" (no counter-case: {proof.NoCounterCase})")}\n");
        }

        if (Missing(row).Contains(polarity))
        {
            text.Append($"- {label}: *pending*\n");
        }
    }

    private IEnumerable<Proof> Of(Requirement row) => proofs.Where(proof => proof.Id == row.Id);

    private List<Polarity> Missing(Requirement row)
    {
        if (row.NoTest is not null)
        {
            return [];
        }

        var found = Of(row).ToList();
        return [.. Enum.GetValues<Polarity>().Where(polarity =>
            !found.Any(proof => proof.Polarity == polarity || proof.NoCounterCase is not null))];
    }
}
