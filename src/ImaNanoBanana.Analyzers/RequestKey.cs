using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ImaNanoBanana.Analyzers;

/// <summary>Finds out whether a charged call has an idempotency key that stays the same when the call is repeated. Pure.</summary>
internal static class RequestKey
{
    private const string Name = "IdempotencyKey";

    private static readonly string[] NewValues = ["NewGuid", "CreateVersion7"];

    /// <summary>
    /// A request that is created in sight must have a key, and the repeated code must not make a new one each time. The key of any other
    /// request is assumed if the surrounding member mentions the property: it sets the key or checks it.
    /// </summary>
    public static bool IsKept(IInvocationOperation call, SyntaxNode repeated)
    {
        var request = Created(ClientCalls.Submitted(call), call.SemanticModel);
        while (request is IWithOperation copy && !Mentions(copy.Syntax))
        {
            request = Created(copy.Operand, call.SemanticModel);
        }

        return request is IObjectCreationOperation or IWithOperation
            ? Mentions(request.Syntax) && !(repeated.Span.Contains(request.Syntax.Span) && IsNewEachTime(request.Syntax, repeated))
            : call.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
                && Mentions(member) && !IsNewEachTime(call.Syntax, repeated);
    }

    private static bool Mentions(SyntaxNode syntax) =>
        syntax.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == Name);

    /// <summary>Whether the code makes a GUID, itself or in a variable that the repeated code declares.</summary>
    private static bool IsNewEachTime(SyntaxNode syntax, SyntaxNode repeated)
    {
        var names = syntax.DescendantNodes().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText).ToList();
        return names.Any(NewValues.Contains)
            || repeated.DescendantNodes().OfType<VariableDeclaratorSyntax>().Any(variable =>
                names.Contains(variable.Identifier.ValueText)
                    && variable.Initializer is { } initial
                    && initial.DescendantNodes().OfType<IdentifierNameSyntax>().Any(
                        name => NewValues.Contains(name.Identifier.ValueText)));
    }

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
