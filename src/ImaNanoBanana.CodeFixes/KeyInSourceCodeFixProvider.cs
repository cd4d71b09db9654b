using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace ImaNanoBanana.CodeFixes;

/// <summary>Fixes IMA0004: reads the key from the environment.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeyInSourceCodeFixProvider))]
[Shared]
internal sealed class KeyInSourceCodeFixProvider : CodeFixProvider
{
    private const string Title = "Read the key from the environment variable IMA_API_KEY";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("IMA0004");

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is LiteralExpressionSyntax literal && !MustBeConstant(literal))
        {
            context.RegisterCodeFix(
                CodeAction.Create(Title, token => FixAsync(context.Document, literal, token), equivalenceKey: Title), context.Diagnostics);
        }
    }

    private static bool MustBeConstant(LiteralExpressionSyntax literal) =>
        literal.IsKind(SyntaxKind.Utf8StringLiteralExpression)
            || literal.FirstAncestorOrSelf<AttributeSyntax>() is not null
            || literal.FirstAncestorOrSelf<ParameterSyntax>() is not null
            || literal.FirstAncestorOrSelf<PatternSyntax>() is not null
            || literal.FirstAncestorOrSelf<SwitchLabelSyntax>() is not null
            || literal.FirstAncestorOrSelf<FieldDeclarationSyntax>()?.Modifiers.Any(SyntaxKind.ConstKeyword) == true
            || literal.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>()?.IsConst == true;

    private static async Task<Document> FixAsync(Document document, LiteralExpressionSyntax literal, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var type = SyntaxFactory.ParseExpression("global::System.Environment").WithAdditionalAnnotations(Simplifier.Annotation);
        var method = SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression, type, SyntaxFactory.IdentifierName("GetEnvironmentVariable"));
        var name = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal("IMA_API_KEY"));
        var variable = SyntaxFactory.InvocationExpression(method, SyntaxFactory.ArgumentList(
            SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(name)))).WithTriviaFrom(literal);
        return document.WithSyntaxRoot(root!.ReplaceNode(literal, variable));
    }
}
