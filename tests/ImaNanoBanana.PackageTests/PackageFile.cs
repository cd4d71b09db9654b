using System.IO.Compression;
using System.Xml.Linq;

namespace ImaNanoBanana.PackageTests;

/// <summary>A packed file and its manifest.</summary>
internal sealed class PackageFile(string path)
{
    private static readonly string[] OfTheFormat = ["_rels/", "[Content_Types].xml", "package/"];

    private readonly Dictionary<string, byte[]> _entries = Read(path);

    /// <summary>All of its entries except those of the packaging format.</summary>
    public IEnumerable<string> Names =>
        _entries.Keys.Where(
            name => !OfTheFormat.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).Order(StringComparer.Ordinal);

    public XElement Metadata =>
        XDocument.Load(new MemoryStream(this[Names.Single(name => name.EndsWith(".nuspec", StringComparison.Ordinal))]))
        .Root!.Elements().Single(element => element.Name.LocalName == "metadata");

    public byte[] this[string name] => _entries[name];

    /// <summary>The size of the file in KB of 1,024 bytes, rounded up.</summary>
    public long Kilobytes => (new FileInfo(path).Length + 1023) / 1024;

    public string? Text(string element) => Element(element)?.Value;

    public string? Attribute(string element, string attribute) => Element(element)?.Attribute(attribute)?.Value;

    public IEnumerable<string> PackageTypes =>
        (Element("packageTypes")?.Elements() ?? []).Select(type => type.Attribute("name")!.Value);

    /// <returns>"id version" of each, for one framework.</returns>
    public IEnumerable<string> Dependencies(string framework) =>
        from dependency in Group("dependencies", framework)
        select $"{dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}";

    public IEnumerable<string> FrameworkReferences(string framework) =>
        Group("frameworkReferences", framework).Select(reference => reference.Attribute("name")!.Value);

    public IEnumerable<string> Frameworks =>
        Element("dependencies")!.Elements().Select(group => group.Attribute("targetFramework")!.Value);

    private IEnumerable<XElement> Group(string list, string framework) =>
        (Element(list)?.Elements() ?? []).Where(
            group => group.Attribute("targetFramework")!.Value == framework).SelectMany(group => group.Elements());

    private XElement? Element(string name) => Metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);

    private static Dictionary<string, byte[]> Read(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        return archive.Entries.ToDictionary(entry => entry.FullName, Bytes, StringComparer.Ordinal);
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var input = entry.Open();
        using var output = new MemoryStream();
        input.CopyTo(output);
        return output.ToArray();
    }
}
