using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ImaNanoBanana.Analyzers;

/// <summary>Finds what a local variable was created with. Pure.</summary>
internal static class LocalVariable
{
    /// <returns>The initial value, or null if the variable is declared without one.</returns>
    public static IOperation? InitialValue(ILocalSymbol local, SemanticModel? model) =>
        Declaration(local) is VariableDeclaratorSyntax { Initializer.Value: { } initial } ? model?.GetOperation(initial) : null;

    public static SyntaxNode? Declaration(ILocalSymbol local) =>
        local.DeclaringSyntaxReferences.Length == 1 ? local.DeclaringSyntaxReferences[0].GetSyntax() : null;
}
