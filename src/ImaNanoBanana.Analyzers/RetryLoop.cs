using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ImaNanoBanana.Analyzers;

/// <summary>Recognizes loops that repeat the same call after an exception. Pure.</summary>
internal static class RetryLoop
{
    /// <summary>
    /// Finds the loop that repeats the call after an exception: success leaves the loop, and a catch clause stays in it. A loop over
    /// different requests continues after a success and is not a retry.
    /// </summary>
    public static SyntaxNode? Find(SyntaxNode call)
    {
        var node = call;
        while (node.Parent is { } parent && !IsFunction(parent))
        {
            if (parent is TryStatementSyntax attempt && attempt.Block == node && Loop(attempt) is { } loop
                && LeavesLoop(attempt.Block) && attempt.Catches.Any(clause => !EndsLoop(clause.Block)))
            {
                return loop;
            }

            node = parent;
        }

        return null;
    }

    private static bool IsFunction(SyntaxNode node) =>
        node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax;

    private static SyntaxNode? Loop(SyntaxNode node) =>
        node.Ancestors().TakeWhile(ancestor => !IsFunction(ancestor)).FirstOrDefault(
            ancestor => ancestor is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax);

    private static bool LeavesLoop(SyntaxNode block) =>
        block.DescendantNodes(node => !IsFunction(node)).Any(node => node is ReturnStatementSyntax or BreakStatementSyntax);

    private static bool EndsLoop(BlockSyntax block) =>
        block.Statements.LastOrDefault() is ThrowStatementSyntax or ReturnStatementSyntax or BreakStatementSyntax;
}
