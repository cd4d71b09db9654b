using System.Net;
using System.Text.RegularExpressions;

namespace ImaNanoBanana.Site;

/// <summary>What the check needs to know of a built page.</summary>
/// <param name="Anchors">The values of id, and the names of anchors.</param>
/// <param name="Links">The addresses that a reader may follow.</param>
/// <param name="Loads">The addresses that a browser loads together with the page.</param>
public sealed partial record HtmlPage(IReadOnlySet<string> Anchors, IReadOnlyList<string> Links, IReadOnlyList<string> Loads)
{
    private const string Id = "id";

    private static readonly string[] AnchorNames = [Id, "name"];

    private static readonly string[] AddressNames = ["href", "src", "data", "poster"];

    /// <summary>Reads a page.</summary>
    /// <param name="html">Its HTML.</param>
    /// <returns>The anchors and addresses, decoded.</returns>
    public static HtmlPage Parse(string html)
    {
        var anchors = new HashSet<string>();
        var links = new List<string>();
        var loads = new List<string>();
        foreach (Match tag in Tag().Matches(Hidden().Replace(html, "$1")))
        {
            var values = Attribute().Matches(tag.Groups["attributes"].Value)
                .GroupBy(match => match.Groups["name"].Value, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(group => group.Key, group => Value(group.First()), StringComparer.OrdinalIgnoreCase);
            var isLink = IsNamed(tag, "a") || IsNamed(tag, "area");
            anchors.UnionWith(Present(values, isLink ? AnchorNames : [Id]));
            (isLink ? links : loads).AddRange(Present(values, AddressNames));
            loads.AddRange(Present(values, ["srcset"]).SelectMany(AddressesOfSet));
            loads.AddRange(Present(values, ["style"]).SelectMany(LoadsOfStyles));
            if (IsNamed(tag, "meta") && values.GetValueOrDefault("name") is "docfx:navrel" or "docfx:tocrel")
            {
                loads.Add(values["content"]);
            }
        }

        loads.AddRange(Style().Matches(html).SelectMany(match => LoadsOfStyles(match.Groups["value"].Value)));
        return new HtmlPage(anchors, links, loads);
    }

    /// <summary>Reads the addresses that a style sheet loads.</summary>
    /// <param name="css">The style sheet.</param>
    /// <returns>The addresses; none that contain the data themselves.</returns>
    public static IReadOnlyList<string> LoadsOfStyles(string css) =>
        [.. StyleAddress().Matches(css).Select(Value).Where(address => !address.StartsWith("data:", StringComparison.Ordinal))];

    private static bool IsNamed(Match tag, string name) => tag.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Present(Dictionary<string, string> values, IEnumerable<string> names) =>
        names.Where(values.ContainsKey).Select(name => values[name]);

    /// <summary>Each picture of a set is an address and a size.</summary>
    private static IEnumerable<string> AddressesOfSet(string set) =>
        set.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(picture => picture.Split(' ')[0]);

    private static string Value(Match match) => WebUtility.HtmlDecode(match.Groups["value"].Value.Trim('"', '\''));

    [GeneratedRegex("<!--.*?-->|(<script[^>]*>).*?</script>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Hidden();

    [GeneratedRegex("<style[^>]*>(?<value>.*?)</style>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Style();

    [GeneratedRegex("""<(?<name>[a-zA-Z][\w-]*)(?<attributes>(?:\s+[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?|\s|/)*)>""")]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<name>[^\s=>"'/]+)\s*=\s*(?<value>"[^"]*"|'[^']*'|[^\s>"']+)""")]
    private static partial Regex Attribute();

    [GeneratedRegex("""(?:url\(\s*|@import\s+)(?<value>"[^"]*"|'[^']*'|[^\s)"';]+)""")]
    private static partial Regex StyleAddress();
}
