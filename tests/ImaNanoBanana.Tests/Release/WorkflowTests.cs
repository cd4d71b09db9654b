using System.Text.RegularExpressions;

namespace ImaNanoBanana.Tests.Release;

/// <summary>What the workflows may do, and that they name what exists.</summary>
public sealed partial class WorkflowTests
{
    [Fact]
    public void Nobody_has_more_permissions_than_needed()
    {
        Assert.Equal(["ci", "release"], Workflow.All.Select(workflow => workflow.Name));
        Assert.Equal("contents: read", Workflow.Find("ci").Permissions);
        Assert.Equal("", Workflow.Find("release").Permissions);
        Assert.Equal(
            [
                "check: contents: read",
                "pack: contents: read",
                "attest: id-token: write, attestations: write",
                "publish: id-token: write",
                "announce: contents: write",
            ],
            Workflow.Find("release").Jobs.Select(job => $"{job.Name}: {job.Permissions}"));
    }

    /// <summary>Nothing is published that did not pass the checks, and nothing without its attestations.</summary>
    [Fact]
    public void A_release_is_checked_packed_attested_approved_and_then_published()
    {
        var release = Workflow.Find("release");

        Assert.Equal(["./.github/workflows/ci.yml"], release["check"].Uses);
        Assert.Equal(
            ["none", "none", "check, pack", "pack, attest", "pack, publish"],
            new[] { "check", "pack", "attest", "publish", "announce" }.Select(job => release[job].Needs));
        Assert.Equal("release", release["publish"].Environment);
        Assert.Equal([".ci/run"], Scripts(Workflow.Find("ci")));
    }

    [Fact]
    public void Every_published_package_is_attested() =>
        Assert.Equal(PublishedProjects.Ids.Order(StringComparer.Ordinal), Workflow.Find("release")["attest"].Matrix("package"));

    /// <summary>The page of a release says that anybody can verify each of its files.</summary>
    [Fact]
    public void Every_file_of_the_release_page_is_attested()
    {
        const string package = "release/packages/${{ matrix.package }}.${{ needs.pack.outputs.version }}";
        const string bill = "release/sbom/${{ matrix.package }}.cdx.json";
        var release = Workflow.Find("release");

        Assert.Equal([[$"{package}.*nupkg", bill], [$"{package}.nupkg"]], release["attest"].Inputs("subject-path"));
        Assert.Equal([[bill]], release["attest"].Inputs("sbom-path"));
        Assert.Contains(" release/packages/* release/sbom/* ", Assert.Single(release["announce"].Commands), StringComparison.Ordinal);
    }

    /// <summary>The client of the feed leaves out the symbols of a package that it skips, as it does when a job runs again.</summary>
    [Fact]
    public void Symbols_are_pushed_also_if_the_feed_has_their_package()
    {
        var lines = Assert.Single(Workflow.Find("release")["publish"].Commands).Split('\n');

        Assert.Contains("push \"release/packages/*.nupkg\" --no-symbols", lines);
        Assert.Contains("push \"release/packages/*.snupkg\"", lines);
        Assert.Contains(lines, line => line.Contains("--skip-duplicate", StringComparison.Ordinal));
    }

    /// <summary>A tag can be moved to other code; the comment says which version a commit is.</summary>
    [Fact]
    public void Every_action_is_pinned_to_a_commit_and_names_its_version() => Assert.Empty(
        from workflow in Workflow.All
        from Match uses in UsesLine().Matches(workflow.Text)
        where !PinnedAction().IsMatch(uses.Value) && !uses.Value.EndsWith("uses: ./.github/workflows/ci.yml", StringComparison.Ordinal)
        select uses.Value);

    /// <summary>The feed and its owner are variables of the environment, and its key is valid for a short time only.</summary>
    [Fact]
    public void Workflows_name_no_host_and_use_no_stored_secret() => Assert.Empty(
        from workflow in Workflow.All
        from Match found in HostOrSecret().Matches(workflow.Text)
        select $"{workflow.Name}: {found.Value}");

    /// <summary>An expression would be pasted into the command as text. Commands get values through the environment.</summary>
    [Fact]
    public void Commands_contain_no_expressions() => Assert.DoesNotContain(
        Workflow.All.SelectMany(workflow => workflow.Jobs).SelectMany(job => job.Commands),
        command => command.Contains("${{", StringComparison.Ordinal));

    [Fact]
    public void Every_script_of_a_step_exists_and_can_be_run()
    {
        var scripts = Workflow.All.SelectMany(Scripts).ToList();

        Assert.Equal([".ci/run", "release/pack.sh"], scripts);
        Assert.All(
            scripts,
            script => Assert.True(
                OperatingSystem.IsWindows()
                    || File.GetUnixFileMode(Path.Combine(RepositoryRoot.Path, script)).HasFlag(UnixFileMode.UserExecute),
                $"{script} cannot be run."));
    }

    /// <returns>The first word of each command that is a path.</returns>
    private static IEnumerable<string> Scripts(Workflow workflow) =>
        workflow.Jobs.SelectMany(job => job.Commands).Select(command => command.Split(' ')[0])
            .Where(word => word.Contains('/', StringComparison.Ordinal));

    [GeneratedRegex("uses: .*")]
    private static partial Regex UsesLine();

    [GeneratedRegex(@"^uses: [\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex PinnedAction();

    [GeneratedRegex(@"\S*://\S*|\b[\w-]+\.(com|org|net|io|dev)\b|secrets\.\w+")]
    private static partial Regex HostOrSecret();
}
