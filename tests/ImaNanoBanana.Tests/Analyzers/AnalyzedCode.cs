using System.Collections.Immutable;
using ImaNanoBanana.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ImaNanoBanana.Tests.Analyzers;

/// <summary>An app's source, compiled with the SDK, Polly and the analyzers of the package.</summary>
internal static class AnalyzedCode
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using ImaNanoBanana;
        using Microsoft.Extensions.AI;
        using Microsoft.Extensions.DependencyInjection;
        using Polly;

        """;

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. typeof(ImaNanoBanana.Analyzers.ImaAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("ImaNanoBanana.Tests", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <param name="members">The members of a class of an app.</param>
    /// <returns>For each finding, its rule and the code that it marks.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(string members)
    {
        using var workspace = new AdhocWorkspace();
        var document = AddDocument(workspace, members);
        return [.. (await DiagnosticsAsync(document)).Select(finding => $"{finding.Id} {Marked(finding)}")];
    }

    /// <returns>The members after the code fix of the only finding, or null if there is no fix.</returns>
    public static async Task<string?> FixAsync(string members)
    {
        using var workspace = new AdhocWorkspace();
        var document = AddDocument(workspace, members);
        var finding = Assert.Single(await DiagnosticsAsync(document));
        CodeAction? action = null;
        await new KeyInSourceCodeFixProvider().RegisterCodeFixesAsync(
            new CodeFixContext(document, finding, (found, _) => action = found, TestContext.Current.CancellationToken));
        if (action is null)
        {
            return null;
        }

        var operation = Assert.IsType<ApplyChangesOperation>(Assert.Single(await action.GetOperationsAsync(default)));
        var text = await operation.ChangedSolution.GetDocument(document.Id)!.GetTextAsync();
        return text.ToString()[(Usings.Length + "class App\n{\n".Length)..^2].TrimEnd();
    }

    private static Document AddDocument(AdhocWorkspace workspace, string members) => workspace
        .AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "App",
            "App",
            LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            metadataReferences: References))
        .AddDocument("App.cs", SourceText.From($"{Usings}class App\n{{\n{members}\n}}\n"));

    private static async Task<IReadOnlyList<Diagnostic>> DiagnosticsAsync(Document document)
    {
        var compilation = await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken);
        Assert.Empty(compilation!.GetDiagnostics().Where(finding => finding.Severity == DiagnosticSeverity.Error));
        var findings = await compilation.WithAnalyzers(Analyzers).GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. findings.Where(finding => finding.Id.StartsWith("IMA", StringComparison.Ordinal) || finding.Id == "AD0001")];
    }

    private static string Marked(Diagnostic finding) =>
        finding.Location.SourceTree!.GetText().ToString(finding.Location.SourceSpan);
}
