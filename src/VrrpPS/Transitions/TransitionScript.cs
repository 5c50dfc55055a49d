using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;

namespace VrrpPS.Transitions;

/// <summary>
/// What -OnTransition was given: a script's text and the values of its <c>$using:</c> expressions at that moment. Not the script
/// block itself, which would run in the session it came from, and so wait for it.
/// </summary>
internal sealed record TransitionScript
{
    /// <summary>The script's text.</summary>
    public required string Text { get; init; }

    /// <summary>The captured values, by the key under which PowerShell looks them up.</summary>
    public required IReadOnlyDictionary<string, object?> UsingValues { get; init; }

    /// <summary>How long one run may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Captures a script block in the session of a cmdlet.</summary>
    internal static TransitionScript Capture(ScriptBlock script, SessionState session)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var ast in script.Ast.FindAll(static ast => ast is UsingExpressionAst, searchNestedScriptBlocks: true).Cast<UsingExpressionAst>())
        {
            values.TryAdd(KeyOf(ast), ValueOf(ast.SubExpression, session));
        }

        return new TransitionScript { Text = script.ToString(), UsingValues = values };
    }

    private static object? ValueOf(ExpressionAst expression, SessionState session)
    {
        if (expression is VariableExpressionAst { VariablePath: { IsVariable: true } path })
        {
            return session.PSVariable.GetValue(path.UserPath);
        }

        // $using:a.B is the member of $a here, and a table keeps a list in one piece.
        string text = expression.Extent.Text.Replace("$using:", "$", StringComparison.OrdinalIgnoreCase).Replace("${using:", "${", StringComparison.OrdinalIgnoreCase);
        var result = session.InvokeCommand.InvokeScript(useLocalScope: false, ScriptBlock.Create($"@{{ Value = ({text}) }}"), input: null);
        return ((Hashtable)result[0].BaseObject)["Value"];
    }

    /// <summary>As PowerShell's own jobs name them: Base64 of the expression's UTF-16 text, a variable in lower case.</summary>
    private static string KeyOf(UsingExpressionAst ast)
    {
        string text = ast.ToString();
        return Convert.ToBase64String(Encoding.Unicode.GetBytes(ast.SubExpression is VariableExpressionAst ? text.ToLowerInvariant() : text));
    }
}
