using System.Text.RegularExpressions;

namespace ImaNanoBanana.Site;

/// <summary>
/// The check of a built site: every local address leads to a file, every fragment to an anchor, and no page loads anything from
/// another host.
/// </summary>
public sealed partial class SiteCheck
{
    private readonly IReadOnlyDictionary<string, HtmlPage> _pages;
    private readonly IReadOnlySet<string> _files;
    private readonly List<string> _problems = [];

    private SiteCheck(IReadOnlyDictionary<string, HtmlPage> pages, IReadOnlySet<string> files)
    {
        _pages = pages;
        _files = files;
    }

    /// <summary>The number of addresses that were checked, repetitions included.</summary>
    public int Checked { get; private set; }

    /// <summary>A line for each address that is not right; empty if all are.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Checks a site.</summary>
    /// <param name="pages">The pages by path from the root of the site.</param>
    /// <param name="styles">The addresses that each style sheet loads, by its path.</param>
    /// <param name="files">The paths of all files.</param>
    /// <returns>The result.</returns>
    public static SiteCheck Create(
        IReadOnlyDictionary<string, HtmlPage> pages,
        IReadOnlyDictionary<string, IReadOnlyList<string>> styles,
        IReadOnlySet<string> files)
    {
        var check = new SiteCheck(pages, files);
        foreach (var (path, page) in pages)
        {
            check.CheckAll(path, page.Links, isLoaded: false);
            check.CheckAll(path, page.Loads, isLoaded: true);
        }

        foreach (var (path, loads) in styles)
        {
            check.CheckAll(path, loads, isLoaded: true);
        }

        return check;
    }

    private void CheckAll(string path, IEnumerable<string> addresses, bool isLoaded)
    {
        foreach (var address in addresses)
        {
            Checked++;
            if (Problem(path, address, isLoaded) is { } problem)
            {
                _problems.Add($"{path}: {address} {problem}");
            }
        }
    }

    private string? Problem(string path, string address, bool isLoaded)
    {
        if (address.StartsWith("//", StringComparison.Ordinal) || Scheme().IsMatch(address))
        {
            return isLoaded ? LoadProblem(address) : ExternalProblem(address);
        }

        if (address.StartsWith('/'))
        {
            return "works only if the site is at the root of its host";
        }

        var parts = address.Split('#', 2);
        var file = Target(path, Uri.UnescapeDataString(parts[0].Split('?')[0]));
        if (!_files.Contains(file))
        {
            return "leads to no file";
        }

        var fragment = parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "";
        return fragment.Length == 0 || (_pages.TryGetValue(file, out var page) && page.Anchors.Contains(fragment))
            ? null
            : "leads to no anchor";
    }

    private static string? LoadProblem(string address) =>
        address.StartsWith("data:", StringComparison.Ordinal) ? null : "is loaded from elsewhere";

    private static string? ExternalProblem(string address) =>
        address.StartsWith("https://", StringComparison.Ordinal) ? null : "is not an https address";

    private static string Target(string path, string address)
    {
        if (address.Length == 0)
        {
            return path;
        }

        var target = new Uri(new Uri("https://site/" + path), address).LocalPath[1..];
        return target.Length == 0 || target.EndsWith('/') ? target + "index.html" : target;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:")]
    private static partial Regex Scheme();
}
