using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ImaNanoBanana.Analyzers;

/// <summary>IMA0004: a text of the source looks like an API key.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class KeyInSourceAnalyzer() : ImaAnalyzer(Rules.KeyInSource)
{
    private const string Prefix = "ima_";
    private const string Scheme = "Bearer ";

    /// <summary>Names such as a setting's are shorter, or have no digit.</summary>
    private const int ShortestSecret = 16;

    protected override void Start(CompilationStartAnalysisContext context) =>
        context.RegisterSyntaxNodeAction(Check, SyntaxKind.StringLiteralExpression, SyntaxKind.Utf8StringLiteralExpression);

    private static void Check(SyntaxNodeAnalysisContext context)
    {
        if (IsKey(context.Node.GetFirstToken().ValueText))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.KeyInSource, context.Node.GetLocation()));
        }
    }

    private static bool IsKey(string text)
    {
        var key = text.StartsWith(Scheme, StringComparison.Ordinal) ? text.Substring(Scheme.Length) : text;
        return key.StartsWith(Prefix, StringComparison.Ordinal)
            && key.Length >= Prefix.Length + ShortestSecret
            && key.Any(char.IsDigit)
            && key.All(character => character is '-' or '_' || (character < 128 && char.IsLetterOrDigit(character)));
    }
}
