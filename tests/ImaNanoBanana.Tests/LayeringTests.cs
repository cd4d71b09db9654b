using System.Text.RegularExpressions;

namespace ImaNanoBanana.Tests;

/// <summary>Each folder imports only what stands below it; namespaces of internals follow the folders.</summary>
public partial class LayeringTests
{
    /// <summary>From the ground up. Folders of one layer know nothing of each other.</summary>
    private static readonly string[][] Layers =
    [
        ["Files", "Json", "Media", "Diagnostics", "Texts"],
        ["Transport"],
        ["OpenApi"],
        ["Catalog"],
        ["Journal"],
        ["Tasks", "Uploads", "Downloads"],
        ["Messages"],
    ];

    [Fact]
    public void Folders_import_only_what_stands_below_them()
    {
        var source = Path.Combine(RepositoryRoot.Path, "src", "ImaNanoBanana");
        var upward = new List<string>();
        for (var level = 0; level < Layers.Length; level++)
        {
            var allowed = Layers[..level].SelectMany(layer => layer).ToHashSet();
            foreach (var folder in Layers[level])
            {
                upward.AddRange(
                    from file in Directory.EnumerateFiles(Path.Combine(source, folder), "*.cs", SearchOption.AllDirectories)
                    from Match import in Import().Matches(File.ReadAllText(file))
                    let target = import.Groups[1].Value
                    where target != folder && !allowed.Contains(target)
                    select $"{Path.GetFileName(file)} imports {target}");
            }
        }

        Assert.Empty(upward);
    }

    [Fact]
    public void Every_folder_of_internals_has_a_layer()
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(RepositoryRoot.Path, "src", "ImaNanoBanana"))
            .Select(Path.GetFileName).OfType<string>().Where(name => name is not ("bin" or "obj"));

        Assert.Equal(new[] { "DependencyInjection", "Errors" }.Concat(Layers.SelectMany(layer => layer)).Order(), folders.Order());
    }

    [Fact]
    public void No_source_file_is_longer_than_300_lines() => Assert.Empty(
        from top in new[] { "src", "tests", "samples" }
        from file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, top), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        where File.ReadLines(file).Count() > 300
        select file);

    [GeneratedRegex(@"^using ImaNanoBanana\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Import();
}
