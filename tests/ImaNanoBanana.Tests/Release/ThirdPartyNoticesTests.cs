using System.Text;

namespace ImaNanoBanana.Tests.Release;

/// <summary>
/// THIRD-PARTY-NOTICES.txt lists the libraries of others that the published packages need, as the restore chose them. With
/// IMA_WRITE_NOTICES set, the list is written anew; the texts of the licences after it are written by hand.
/// </summary>
public sealed class ThirdPartyNoticesTests
{
    private const string Licences = "The licences\n============\n";

    private static readonly string File = Path.Combine(RepositoryRoot.Path, "THIRD-PARTY-NOTICES.txt");

    private static IReadOnlyList<ThirdPartyPackage> Packages { get; } =
    [
        .. PublishedProjects.All.SelectMany(ThirdPartyPackage.Of).Distinct()
            .OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase)
            .ThenBy(package => package.Version, StringComparer.Ordinal),
    ];

    private static string Text => System.IO.File.ReadAllText(File).ReplaceLineEndings("\n");

    [Fact]
    public void Notices_list_what_the_packages_need()
    {
        var text = Text;
        var expected = List() + text[text.IndexOf(Licences, StringComparison.Ordinal)..];
        if (Environment.GetEnvironmentVariable("IMA_WRITE_NOTICES") is not null)
        {
            System.IO.File.WriteAllText(File, expected);
        }

        Assert.Equal(expected, Text);
    }

    [Fact]
    public void Notices_contain_the_text_of_each_licence()
    {
        var titles = Text[Text.IndexOf(Licences, StringComparison.Ordinal)..].Split('\n')
            .Where(line => line.StartsWith("--- ", StringComparison.Ordinal)).Select(line => line.Trim('-', ' '));

        Assert.Equal(Packages.Select(package => package.Licence).Distinct().Order(StringComparer.Ordinal), titles);
    }

    /// <summary>The libraries only name what they need; a tool contains it.</summary>
    [Fact]
    public void Tools_contain_the_notices()
    {
        Assert.Equal(
            [
                "samples/ImaNanoBanana.Console/ImaNanoBanana.Console.csproj",
                "samples/ImaNanoBanana.McpServer/ImaNanoBanana.McpServer.csproj",
            ],
            PublishedProjects.Tools);
        Assert.Contains(
            """<None Include="$(RepositoryRoot)THIRD-PARTY-NOTICES.txt" Pack="true" PackagePath="" Visible="false" />""",
            System.IO.File.ReadAllText(Path.Combine(RepositoryRoot.Path, "Directory.Build.targets")),
            StringComparison.Ordinal);
    }

    private static string List()
    {
        var text = new StringBuilder(
            """
            Third-party notices
            ===================

            The packages of ImaNanoBanana need these libraries of others. The libraries of ImaNanoBanana only name them, and the package
            manager gets them from their own packages. The tools ImaNanoBanana.Console and ImaNanoBanana.McpServer contain those marked
            with *. A program that is published as self-contained or native also contains the .NET runtime (MIT), with its own notices.


            """.ReplaceLineEndings("\n"));
        var contained = PublishedProjects.Tools.SelectMany(ThirdPartyPackage.Of).ToHashSet();
        foreach (var package in Packages)
        {
            text.Append(contained.Contains(package) ? "* " : "  ");
            text.Append(package.Id).Append(' ').Append(package.Version).Append(": ").Append(package.Licence).Append('\n');
            text.Append("    ").Append(package.Copyright.ReplaceLineEndings(" ")).Append('\n');
        }

        return text.Append("\n\n").ToString();
    }
}
