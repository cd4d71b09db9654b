using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ImaNanoBanana.Analyzers;

/// <summary>IMA0001: a charged call inside a Polly pipeline or a retry loop, without an idempotency key.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class RepeatedChargeAnalyzer() : ImaAnalyzer(Rules.RepeatedCharge)
{
    protected override void Start(CompilationStartAnalysisContext context)
    {
        if (ClientCalls.Find(context.Compilation) is { } calls)
        {
            context.RegisterOperationAction(operation => Check(operation, calls), OperationKind.Invocation);
        }
    }

    private static void Check(OperationAnalysisContext context, ClientCalls calls)
    {
        var call = (IInvocationOperation)context.Operation;
        if (calls.IsCharged(call)
            && (Pipeline(call) ?? RetryLoop.Find(call.Syntax)) is { } repeated
            && !RequestKey.IsKept(call, repeated))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.RepeatedCharge, call.Syntax.GetLocation(), call.TargetMethod.Name));
        }
    }

    /// <summary>Finds the function that contains the call and that a method of Polly receives.</summary>
    private static SyntaxNode? Pipeline(IOperation call)
    {
        for (var operation = call.Parent; operation is not null; operation = operation.Parent)
        {
            if (operation is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { } method } }
                && method.Name.StartsWith("Execute", StringComparison.Ordinal)
                && IsOfPolly(method))
            {
                return operation.Syntax;
            }
        }

        return null;
    }

    private static bool IsOfPolly(IMethodSymbol method)
    {
        var space = method.ContainingNamespace;
        while (space is { ContainingNamespace: { IsGlobalNamespace: false } outer })
        {
            space = outer;
        }

        return space?.Name == "Polly";
    }
}
