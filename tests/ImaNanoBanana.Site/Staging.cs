using System.Text;

namespace ImaNanoBanana.Site;

/// <summary>Writes the files that docfx reads, and those that it does not make.</summary>
/// <param name="tree">The files of the repository.</param>
public sealed class Staging(SourceTree tree)
{
    /// <summary>The name of a page among the files that docfx reads. The README is the page that a browser opens first.</summary>
    /// <param name="path">Its path in the repository.</param>
    /// <returns>Its path for docfx.</returns>
    public static string StagedPath(string path) => path == SourceTree.FrontPage ? "index.md" : path;

    /// <summary>Makes llms.txt from its rules and docs/index.md.</summary>
    /// <returns>What the file must contain.</returns>
    public string AgentPage() => AgentText.Compose(
        tree.Read(SourceTree.AgentPage), tree.Index(), tree.Pages().ToDictionary(page => page.Path, page => page.Title), tree.Packages());

    /// <summary>Writes the pages, the files they link to and the tables of contents.</summary>
    /// <param name="folder">The folder that docfx reads; what it contained is deleted.</param>
    public void Stage(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var pages = tree.Pages();
        var paths = pages.Select(page => page.Path).ToHashSet();
        foreach (var page in pages)
        {
            Write(folder, StagedPath(page.Path), page.WithLinks(StagedPath));
        }

        // docfx names the page and the line of a link to a file that does not exist.
        foreach (var file in pages.SelectMany(page => page.Targets).Distinct().Where(file => !paths.Contains(file) && tree.Contains(file)))
        {
            Copy(folder, file);
        }

        foreach (var package in tree.Packages())
        {
            Copy(folder, package.ApiText);
        }

        File.Copy(tree.Full("src/icon.png"), Path.Combine(folder, "icon.png"));
        Write(folder, "toc.yml", Navigation.Bar);
        Write(folder, "docs/toc.yml", Navigation.Contents(tree.Index(), pages));
        Write(folder, "api/index.md", ApiPage());
    }

    /// <summary>Adds the text for agents and the Markdown of each page, which llms.txt links to, to the built site.</summary>
    /// <param name="site">The folder of the built site.</param>
    public void AddTexts(string site)
    {
        var pages = tree.Pages();
        foreach (var page in pages)
        {
            Write(site, page.Path, page.Text);
        }

        Copy(site, SourceTree.AgentPage);
        Write(site, "llms-full.txt", AgentText.Join(
            pages.Where(page => page.Path != SourceTree.ChinesePage).Select(page => (page.Path, page.Text))
                .Concat(tree.Packages().Select(package => (package.ApiText, tree.Read(package.ApiText))))));
    }

    private static void Write(string folder, string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private string ApiPage()
    {
        var text = new StringBuilder("# API reference\n\n");
        text.Append("The public types of the packages, for .NET 10; those for .NET 8 are the same.\n\n");
        text.Append("| package | what it contains |\n|---|---|\n");
        foreach (var package in tree.Packages())
        {
            text.Append("| [").Append(package.Name).Append("](../").Append(package.ApiText).Append(") | ");
            text.Append(package.Description).Append(" |\n");
        }

        text.Append("\nEach link leads to the public API of the package on one page, as text.\n");
        text.Append("\nMost types are in the namespace [ImaNanoBanana](xref:ImaNanoBanana). The simulator is in ");
        text.Append("[ImaNanoBanana.Testing](xref:ImaNanoBanana.Testing), and the methods that register the client are in ");
        text.Append("[Microsoft.Extensions.DependencyInjection](xref:Microsoft.Extensions.DependencyInjection).\n");
        return text.ToString();
    }

    private void Copy(string folder, string path)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Copy(tree.Full(path), file, overwrite: true);
    }
}
