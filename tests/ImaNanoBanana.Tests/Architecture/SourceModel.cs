using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ImaNanoBanana.Tests.Architecture;

/// <summary>
/// The sources of the SDK, compiled: each name is resolved to the file that declares it, so that a reference is found in any notation.
/// </summary>
internal sealed class SourceModel
{
    /// <summary>What the project file adds to the sources.</summary>
    private const string Implicit =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks; "
        + "namespace ImaNanoBanana; internal static class SdkVersion { public const string Text = \"\"; }";

    private static readonly CSharpParseOptions Options =
        new(LanguageVersion.CSharp14, preprocessorSymbols: ["NET8_0_OR_GREATER", "NET9_0_OR_GREATER", "NET10_0_OR_GREATER"]);

    /// <summary>The sources of the SDK itself, read once.</summary>
    public static readonly Lazy<SourceModel> Sdk = new(() => Read(Path.Combine(RepositoryRoot.Path, "src", "ImaNanoBanana")));

    private readonly CSharpCompilation _compilation;

    private SourceModel(CSharpCompilation compilation) => _compilation = compilation;

    /// <summary>The paths of the files below the project folder, with forward slashes.</summary>
    public IEnumerable<string> Files => _compilation.SyntaxTrees.Select(tree => tree.FilePath).Where(path => path.Length > 0);

    private static SourceModel Read(string project)
    {
        var trees = Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: Path.GetRelativePath(project, path).Replace('\\', '/'), Text: File.ReadAllText(path)))
            .Where(
                file => !file.Path.StartsWith("obj/", StringComparison.Ordinal) && !file.Path.StartsWith("bin/", StringComparison.Ordinal))
            .Select(file => CSharpSyntaxTree.ParseText(file.Text, Options, file.Path))
            .Append(CSharpSyntaxTree.ParseText(Implicit, Options));
        var assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("ImaNanoBanana", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        return new SourceModel(CSharpCompilation.Create(
            "ImaNanoBanana", trees, assemblies, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)));
    }

    /// <returns>The same sources with one additional file.</returns>
    public SourceModel With(string path, string text) => new(_compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(text, Options, path)));

    /// <returns>Each pair of files in which the first refers to something that the second declares.</returns>
    public IEnumerable<(string From, string To)> References() =>
        _compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0).SelectMany(ReferencesOf).Distinct();

    /// <returns>The files that use a member of a type, in any notation; not those that use an override of it.</returns>
    public IEnumerable<string> UsersOf(string type, string member) =>
        from tree in _compilation.SyntaxTrees
        let model = _compilation.GetSemanticModel(tree)
        where tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
            .Where(name => name.Identifier.ValueText == member)
            .Any(name => model.GetSymbolInfo(name).Symbol?.ContainingType?.ToDisplayString() == type)
        select tree.FilePath;

    public IEnumerable<(string From, string To)> ReferencesOf(string path) =>
        ReferencesOf(_compilation.SyntaxTrees.Single(tree => tree.FilePath == path)).Distinct();

    private IEnumerable<(string From, string To)> ReferencesOf(SyntaxTree tree)
    {
        var model = _compilation.GetSemanticModel(tree);
        return
            from name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
            from target in DeclaringFiles(model.GetSymbolInfo(name))
            where target.Length > 0 && target != tree.FilePath
            select (tree.FilePath, target);
    }

    private static IEnumerable<string> DeclaringFiles(SymbolInfo info)
    {
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        if (symbol is null or INamespaceSymbol or ILocalSymbol or IParameterSymbol or ITypeParameterSymbol or IRangeVariableSymbol)
        {
            return [];
        }

        var declared = symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol;
        return declared.OriginalDefinition.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree.FilePath);
    }
}
