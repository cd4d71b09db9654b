using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ImaNanoBanana.Analyzers;

/// <summary>IMA0002: a local variable with a stream of one submission is enumerated more than once.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class StreamEnumeratedTwiceAnalyzer() : ImaAnalyzer(Rules.StreamEnumeratedTwice)
{
    protected override void Start(CompilationStartAnalysisContext context)
    {
        if (ClientCalls.Find(context.Compilation) is { } calls)
        {
            context.RegisterOperationBlockAction(block => Check(block, calls));
        }
    }

    private static void Check(OperationBlockAnalysisContext context, ClientCalls calls)
    {
        var loops = context.OperationBlocks.SelectMany(block => block.Descendants()).OfType<IForEachLoopOperation>()
            .Select(loop => (Loop: loop, Local: Enumerated(loop.Collection)))
            .Where(loop => loop.Local is not null && Source(loop.Local.Local, loop.Loop, calls) is not null)
            .GroupBy<(IForEachLoopOperation Loop, ILocalReferenceOperation? Local), ISymbol>(
                loop => loop.Local!.Local, SymbolEqualityComparer.Default);
        foreach (var group in loops)
        {
            var seen = new List<SyntaxNode>();
            foreach (var (loop, local) in group)
            {
                if (IsRepeated(loop, local!.Local) || seen.Any(other => !AreAlternatives(other, loop.Syntax)))
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        Rules.StreamEnumeratedTwice,
                        local.Syntax.GetLocation(),
                        local.Local.Name,
                        Source(local.Local, loop, calls)!.TargetMethod.Name));
                }

                seen.Add(loop.Syntax);
            }
        }
    }

    /// <summary>The local variable, behind ConfigureAwait and WithCancellation.</summary>
    private static ILocalReferenceOperation? Enumerated(IOperation? collection) => collection switch
    {
        IConversionOperation conversion => Enumerated(conversion.Operand),
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "WithCancellation" } call =>
            Enumerated(call.Instance ?? call.Arguments.FirstOrDefault()?.Value),
        _ => collection as ILocalReferenceOperation,
    };

    private static IInvocationOperation? Source(ILocalSymbol local, IForEachLoopOperation loop, ClientCalls calls) =>
        LocalVariable.InitialValue(local, loop.SemanticModel) is IInvocationOperation call && calls.IsSingleUseStream(call) ? call : null;

    /// <summary>Whether an outer loop enumerates it again, because the variable is declared outside of that loop.</summary>
    private static bool IsRepeated(IForEachLoopOperation loop, ILocalSymbol local)
    {
        var declaration = LocalVariable.Declaration(local)!;
        for (var outer = loop.Parent; outer is not null and not IAnonymousFunctionOperation; outer = outer.Parent)
        {
            if (outer is ILoopOperation && !outer.Syntax.Span.Contains(declaration.Span))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether at most one of the two runs: they are in different branches of one statement.</summary>
    private static bool AreAlternatives(SyntaxNode first, SyntaxNode second)
    {
        var common = first.Ancestors().First(ancestor => ancestor.Span.Contains(second.Span));
        return common is IfStatementSyntax or SwitchStatementSyntax;
    }
}
