using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ImaNanoBanana.Analyzers;

/// <summary>IMA0001: a charged call inside a Polly pipeline or a retry loop, without an idempotency key.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class RepeatedChargeAnalyzer() : ImaAnalyzer(Rules.RepeatedCharge)
{
    private const string Key = "IdempotencyKey";

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
        if (calls.IsCharged(call) && (IsInPipeline(call) || RetryLoop.Contains(call.Syntax)) && !HasKey(call))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.RepeatedCharge, call.Syntax.GetLocation(), call.TargetMethod.Name));
        }
    }

    /// <summary>Whether a method of Polly receives the function that contains the call.</summary>
    private static bool IsInPipeline(IOperation call)
    {
        for (var operation = call.Parent; operation is not null; operation = operation.Parent)
        {
            if (operation is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { } method } }
                && method.Name.StartsWith("Execute", StringComparison.Ordinal)
                && IsOfPolly(method))
            {
                return true;
            }
        }

        return false;
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

    /// <summary>
    /// Whether the request that is created in sight has a key. The key of any other request is assumed if the surrounding member mentions
    /// the property: it sets the key or checks it.
    /// </summary>
    private static bool HasKey(IInvocationOperation call)
    {
        var request = Created(ClientCalls.Submitted(call), call.SemanticModel);
        while (request is IWithOperation copy && !Mentions(copy.Syntax))
        {
            request = Created(copy.Operand, call.SemanticModel);
        }

        return request is IObjectCreationOperation or IWithOperation ? Mentions(request.Syntax) : MemberMentions(call.Syntax);
    }

    private static bool MemberMentions(SyntaxNode call) =>
        call.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member && Mentions(member);

    private static bool Mentions(SyntaxNode syntax) =>
        syntax.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == Key);

    /// <summary>The expression that creates the value: for a local variable, its initial value.</summary>
    private static IOperation? Created(IOperation? value, SemanticModel? model)
    {
        while (value is IConversionOperation conversion)
        {
            value = conversion.Operand;
        }

        return value is ILocalReferenceOperation { Local: { } local } && LocalVariable.InitialValue(local, model) is { } initial
            ? initial
            : value;
    }
}
