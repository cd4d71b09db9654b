using System.Text.Json.Nodes;
using ImaNanoBanana.Conformance;
using ImaNanoBanana.Tests.Docs;

namespace ImaNanoBanana.Tests.Conformance;

/// <summary>
/// Runs vectors through the public client: always those of this repository, and the recorded ones if they are available.
/// </summary>
public class ConformanceTests
{
    /// <summary>Ways in which a vector can be wrong; each one must be reported.</summary>
    private static readonly Dictionary<string, (string Vector, Action<JsonNode> Alter)> Alterations = new()
    {
        ["other-outcome"] = ("default", careful => careful["outcome"] = "partial"),
        ["other-refusal"] = ("size-not-offered", careful => careful["refusal"] = "price"),
        ["other-code"] = ("credits", careful => careful["code"] = 6009),
        ["other-price"] = ("size-8k", careful => Order(careful)["credit"] = 12),
        ["number-as-text"] = ("default", careful => Order(careful)["parameters"]!["n"] = "1"),
        ["one-parameter-more"] = ("default", careful => Order(careful)["parameters"]!["seed"] = null),
        ["other-order-of-images"] = ("edit-two-addresses", careful => Reverse(careful["create_requests"]![0]!["src_img_url"]!.AsArray())),
        ["one-create-more"] = (
            "create-lost", careful => careful["create_requests"]!.AsArray().Add(careful["create_requests"]![0]!.DeepClone())),
        ["adjustment-unreported"] = ("size-8k", careful => careful["adjustments"] = new JsonArray()),
        ["failure-uncounted"] = ("partial", careful => careful["failures"] = 0),
        ["image-lost"] = ("never-done", careful => careful["images"] = new JsonArray()),
        ["other-points"] = ("virtual-ratio", careful => careful["points"] = 8),
        ["more-polls"] = ("default", careful => careful["detail_request_count_min"] = 2),
        ["upload-uncounted"] = ("edit-two-addresses", careful => careful["put_count"] = 1),
    };

    private static string Own => Path.Combine(RepositoryRoot.Path, "tests", "ImaNanoBanana.Tests", "Conformance", "own");

    private static string Recorded => Path.Combine(RepositoryRoot.Path, "..", "shared", "wire");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> OwnVectors() => [.. new VectorSuite(Own).Names];

    [Theory]
    [MemberData(nameof(OwnVectors))]
    public async Task Own_vector_matches(string name) => Assert.Empty(await new VectorSuite(Own).RunAsync(name, Token));

    [Fact]
    public async Task Recorded_vectors_match()
    {
        Assert.SkipUnless(Directory.Exists(Recorded), "The recorded vectors are not next to this repository.");
        var suite = new VectorSuite(Recorded);
        var names = suite.Names.ToList();

        var mismatches = new List<string>();
        foreach (var name in names)
        {
            mismatches.AddRange((await suite.RunAsync(name, Token)).Select(mismatch => $"{name}: {mismatch}"));
        }

        Assert.NotEmpty(names);
        Assert.Empty(mismatches);
    }

    [Fact]
    public async Task Readme_has_the_comparison_with_the_recorded_client()
    {
        Assert.SkipUnless(Directory.Exists(Recorded), "The recorded vectors are not next to this repository.");
        var readme = await File.ReadAllLinesAsync(Path.Combine(RepositoryRoot.Path, "README.md"), Token);

        var table = await ReferenceTable.LinesAsync(new VectorSuite(Recorded), Token);

        Assert.Equal(table, readme.SkipWhile(line => line != table[0]).TakeWhile(line => line.Length > 0));
    }

    [Fact]
    public async Task Comparison_counts_both_clients()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "vectors"));
            await WriteAsync(
                "submitted-for-nothing",
                """{"ok":true,"credit":6,"credit_reported":7}""",
                1,
                careful => careful["create_requests"] = new JsonArray());
            await WriteAsync(
                "submitted-twice-and-crashed",
                """{"ok":false,"stage":"crash","created":true}""",
                2,
                careful => Order(careful)["credit"] = 99);
            await WriteAsync(
                "one-image-of-two",
                """{"ok":true,"credit":6,"credit_reported":6.0}""",
                1,
                careful => careful["images"]!.AsArray().Add("https://images.test/2.png"));

            var table = await ReferenceTable.LinesAsync(new VectorSuite(folder.FullName, Own), Token);

            Assert.Equal("| in 3 recorded cases, the client | reference client | this client |", table[0]);
            Assert.Equal(
                [("1", "1"), ("1", "0"), ("1", "1"), ("1", "0"), ("2", "1"), ("1", "0")],
                MarkdownPage.Parse("table", string.Join('\n', table)).Rows.Select(
                    row => (row["reference client"].Text, row["this client"].Text)));
        }
        finally
        {
            TestFolder.Delete(folder);
        }

        async Task WriteAsync(string name, string outcome, int creates, Action<JsonNode> alter)
        {
            var vector = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Own, "vectors", "default.json"), Token))!;
            vector["expected"] = new JsonObject
            {
                ["outcome"] = JsonNode.Parse(outcome),
                ["create_requests"] = new JsonArray(
                    [.. Enumerable.Range(0, creates).Select(_ => vector["careful"]!["create_requests"]![0]!.DeepClone())]),
            };
            alter(vector["careful"]!);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "vectors", name + ".json"), vector.ToJsonString(), Token);
        }
    }

    [Fact]
    public async Task Altered_vectors_are_reported_and_no_others()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var vectors = folder.CreateSubdirectory("vectors").FullName;
            foreach (var name in new VectorSuite(Own).Names)
            {
                File.Copy(Path.Combine(Own, "vectors", name + ".json"), Path.Combine(vectors, name + ".json"));
            }

            foreach (var (name, (vector, alter)) in Alterations)
            {
                var altered = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Own, "vectors", vector + ".json"), Token))!;
                alter(altered["careful"]!);
                await File.WriteAllTextAsync(Path.Combine(vectors, name + ".json"), altered.ToJsonString(), Token);
            }

            await File.WriteAllTextAsync(Path.Combine(vectors, "not-json.json"), "{", Token);
            var suite = new VectorSuite(folder.FullName, Own);
            var reported = new List<string>();
            foreach (var name in suite.Names)
            {
                if ((await suite.RunAsync(name, Token)).Count > 0)
                {
                    reported.Add(name);
                }
            }

            Assert.Equal([.. Alterations.Keys.Append("not-json").Order(StringComparer.Ordinal)], reported);
        }
        finally
        {
            TestFolder.Delete(folder);
        }
    }

    private static JsonNode Order(JsonNode careful) => careful["create_requests"]![0]!["parameters"]![0]!;

    private static void Reverse(JsonArray array)
    {
        var first = array[0];
        array.RemoveAt(0);
        array.Add(first);
    }
}
