using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ImaNanoBanana.Analyzers;

/// <summary>IMA0003: a client is created in a loop, for each request of a web app, or as a transient or scoped service.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ClientForEachCallAnalyzer() : ImaAnalyzer(Rules.ClientForEachCall)
{
    private static readonly string[] Registrations = ["AddTransient", "AddScoped", "AddKeyedTransient", "AddKeyedScoped"];

    protected override void Start(CompilationStartAnalysisContext context)
    {
        if (context.Compilation.GetTypeByMetadataName("ImaNanoBanana.ImaImageClient") is { } client)
        {
            var controller = context.Compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Mvc.ControllerBase");
            context.RegisterOperationAction(operation => Check(operation, client, controller), OperationKind.ObjectCreation);
        }
    }

    private static void Check(OperationAnalysisContext context, INamedTypeSymbol client, INamedTypeSymbol? controller)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (SymbolEqualityComparer.Default.Equals(creation.Type, client)
            && (IsForEachCall(creation) || IsInController(context.ContainingSymbol, controller)))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.ClientForEachCall, creation.Syntax.GetLocation()));
        }
    }

    private static bool IsForEachCall(IOperation creation)
    {
        for (var operation = creation.Parent; operation is not null; operation = operation.Parent)
        {
            if (operation is ILoopOperation loop && !IsEvaluatedOnce(loop, creation))
            {
                return true;
            }

            if (operation is IAnonymousFunctionOperation)
            {
                return IsCalledForEachRequest(operation);
            }
        }

        return false;
    }

    /// <summary>The collection of a foreach loop is evaluated once.</summary>
    private static bool IsEvaluatedOnce(ILoopOperation loop, IOperation creation) =>
        loop is IForEachLoopOperation each && each.Collection.Syntax.Span.Contains(creation.Syntax.Span);

    /// <summary>Whether the function is a route handler or the factory of a transient or scoped service.</summary>
    private static bool IsCalledForEachRequest(IOperation function)
    {
        var argument = function.Parent;
        while (argument is IConversionOperation or IDelegateCreationOperation)
        {
            argument = argument.Parent;
        }

        return argument is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { } method } }
            && (Registrations.Contains(method.Name)
                || (method.Name.StartsWith("Map", StringComparison.Ordinal)
                    && method.ContainingType.Name == "EndpointRouteBuilderExtensions"));
    }

    private static bool IsInController(ISymbol member, INamedTypeSymbol? controller)
    {
        if (controller is null || member is not IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false })
        {
            return false;
        }

        var type = member.ContainingType;
        while (type is not null && !SymbolEqualityComparer.Default.Equals(type, controller))
        {
            type = type.BaseType;
        }

        return type is not null;
    }
}
