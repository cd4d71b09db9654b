namespace ImaNanoBanana.Site;

/// <summary>The folder of a built site.</summary>
/// <param name="folder">Its path.</param>
public sealed class BuiltSite(string folder)
{
    private static readonly string[] Texts = [".html", ".css", ".js", ".json", ".yml", ".txt", ".md"];

    /// <summary>Reads and checks all files.</summary>
    /// <param name="privateText">What no file may contain: the path of the machine's working folder.</param>
    /// <returns>The number of pages without the tables of contents, the number of addresses, and a line for each problem.</returns>
    public (int Pages, int Links, IReadOnlyList<string> Problems) Check(string privateText)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal).ToList();
        var pages = files.Where(file => file.EndsWith(".html", StringComparison.Ordinal))
            .ToDictionary(file => file, file => HtmlPage.Parse(Read(file)));
        var styles = files.Where(file => file.EndsWith(".css", StringComparison.Ordinal))
            .ToDictionary(file => file, file => HtmlPage.LoadsOfStyles(Read(file)));
        var check = SiteCheck.Create(pages, styles, files.ToHashSet());
        var leaks = files.Where(file => Texts.Contains(Path.GetExtension(file)))
            .Where(file => Read(file).Contains(privateText, StringComparison.Ordinal))
            .Select(file => $"{file}: contains the path of this machine's folder");
        return (pages.Keys.Count(IsPage), check.Checked, [.. check.Problems, .. leaks]);
    }

    private static bool IsPage(string path) => Path.GetFileName(path) != "toc.html";

    private string Read(string file) => File.ReadAllText(Path.Combine(folder, file));
}
