using System.Text.Json;
using ImaNanoBanana.Mcp;
using ImaNanoBanana.Mcp.Answers;
using ImaNanoBanana.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>Every client, old or new, can list the tools and gets each image that was charged.</summary>
public sealed class ClientTests : IAsyncLifetime
{
    /// <summary>6 KB for the list of tools: it is in the context of every conversation.</summary>
    private const int MostOfToolList = 6 * 1024;

    /// <summary>1 KB for the text of a usual answer.</summary>
    private const int MostOfText = 1024;

    /// <summary>The keywords that all large providers accept in the schema of a function.</summary>
    private static readonly string[] Keywords = ["type", "description", "properties", "required", "items", "enum"];

    private Shop _shop = null!;

    private ImaSimulator Service => _shop.Simulator;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData("2024-11-05", false)]
    [InlineData("2025-03-26", false)]
    [InlineData("2025-06-18", true)]
    [InlineData("2025-11-25", true)]
    [InlineData("2026-07-28", true)]
    public async Task An_answer_has_only_the_content_that_the_version_of_the_protocol_knows(string version, bool hasLinks)
    {
        var client = await _shop.ConnectAsync(new McpClientOptions { ProtocolVersion = version });

        var ready = await client.GenerateAsync("a puppy");
        var refused = await client.GenerateAsync("a puppy", new { model = "Pro", max_credits = 1 });
        var tools = await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(version, client.NegotiatedProtocolVersion);
        string[] expected = hasLinks ? ["text", "resource_link", "image"] : ["text", "image"];
        Assert.Equal(expected, ready.Content.Select(block => block.Type));
        Assert.Equal(hasLinks, ready.StructuredContent is not null);
        Assert.Equal((true, hasLinks), (refused.IsError, refused.StructuredContent is not null));
        Assert.Contains("Credits spent: no.", refused.Text(), StringComparison.Ordinal);
        Assert.Contains("://", ready.Text().Split('\n')[2], StringComparison.Ordinal);
        Assert.All(tools, tool => Assert.Null(tool.ProtocolTool.OutputSchema));
        Service.Ledger.ShouldHaveCharged(6);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("2024-11-05", false)]
    [InlineData("2025-03-26", false)]
    [InlineData("2025-06-18", true)]
    [InlineData("2025-11-25", true)]
    [InlineData("2027-01-01", true)]
    public void What_a_version_knows(string? version, bool isKnown) =>
        Assert.Equal((isKnown, isKnown),
        (ClientFeatures.FromVersion(version).ResourceLinks, ClientFeatures.FromVersion(version).StructuredContent));

    [Fact]
    public async Task The_schemas_of_the_arguments_are_those_that_every_provider_accepts()
    {
        var client = await _shop.ConnectAsync();

        var tools = await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.All(tools, tool => CheckSchema(tool.ProtocolTool.InputSchema, "object"));
        Assert.Equal("""{"type":"object","properties":{}}""", tools.Single(tool => tool.Name == "list_models").JsonSchema.GetRawText());
    }

    [Fact]
    public async Task The_list_of_tools_and_usual_answers_are_small()
    {
        await using var server = new ServerProcess(_shop);
        await server.StartSessionAsync();

        await server.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        var tools = await server.ReadAsync(message => message.TryGetProperty("id", out _));
        Assert.InRange(tools.GetRawText().Length, 1, MostOfToolList);

        (string Tool, string Arguments)[] calls =
        [
            ("list_models", "{}"),
            ("quote_image", "{}"),
            ("generate_image", """{"prompt":"a puppy","count":3}"""),
            ("edit_image", """{"prompt":"in oil","images":["https://example.com/photo.png"]}"""),
            ("get_image_task", "{}"),
            ("generate_image", """{"prompt":"a puppy","model":"Pro","size":"4K","max_credits":1}"""),
        ];
        for (var number = 0; number < calls.Length; number++)
        {
            var id = $"c{number}";
            await server.SendAsync(Call(id, calls[number].Tool, calls[number].Arguments));
            var answer = await server.ReadAsync(message => message.TryGetProperty("id", out var its) && its.ToString() == id);
            var text = answer.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;
            Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(text), 1, MostOfText);
        }
    }

    [Fact]
    public async Task An_answer_stays_below_the_limit_of_the_client_and_keeps_its_links()
    {
        await using var server = new ServerProcess(_shop, "--max-credits", "40");
        await server.StartSessionAsync();

        await server.SendAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"generate_image","arguments":{"prompt":"a puppy","model":"Pro","size":"4K","count":2}}}""");
        var answer = await server.ReadAsync(message => message.TryGetProperty("id", out _));

        Assert.InRange(answer.GetRawText().Length, 500_000, 900_000);
        var content = answer.GetProperty("result").GetProperty("content").EnumerateArray();
        var types = content.Select(block => block.GetProperty("type").ToString());
        Assert.Equal(["text", "resource_link", "resource_link", "image"], types);
    }

    [Fact]
    public void Images_are_left_out_first_then_links_and_never_the_text()
    {
        ContentBlock[] blocks =
        [
            new ResourceLinkBlock { Uri = "https://example.com/1.png", Name = "1" },
            ImageContentBlock.FromBytes(new byte[30_000], "image/png"),
            ImageContentBlock.FromBytes(new byte[3_000], "image/png"),
        ];

        Assert.Equal(["text", "resource_link", "image", "image"], Packed(100_000));
        Assert.Equal(["text", "resource_link", "image"], Packed(46_000));
        Assert.Equal(["text", "resource_link"], Packed(20_000));
        Assert.Equal(["text"], Packed(4_100));

        IEnumerable<string> Packed(int most) => AnswerPacker.Pack(
            "https://example.com/1.png",
            blocks,
            JsonDocument.Parse("{}").RootElement,
            isError: false,
            ClientFeatures.FromVersion("2025-06-18"),
            most).Content.Select(block => block.Type);
    }

    [Theory]
    [InlineData(100, 900_000, 100)]
    [InlineData(1024 * 1024, 900_000, 594_538)]
    [InlineData(1024 * 1024, 20_000, 7_872)]
    [InlineData(0, 900_000, 0)]
    public void How_many_image_bytes_fit(long inlineBytes, int mostCharacters, long bytes) =>
        Assert.Equal(bytes, AnswerPacker.ImageBytes(inlineBytes, mostCharacters));

    [Fact]
    public void The_limit_of_the_server_is_the_one_of_the_page() => Assert.Equal(900_000, new ServerSettings().AnswerCharacters);

    [Fact]
    public async Task Long_values_are_repeated_in_at_most_100_characters()
    {
        var (client, tooLong) = (await _shop.ConnectAsync(), new string('x', 5000));
        (string Tool, object Arguments)[] calls =
        [
            ("generate_image", new { prompt = "a", model = tooLong }),
            ("generate_image", new { prompt = "a", size = tooLong }),
            ("generate_image", new { prompt = "a", count = tooLong }),
            ("generate_image", new Dictionary<string, object> { ["prompt"] = "a", [tooLong] = 1 }),
            ("edit_image", new { prompt = "a", images = new[] { tooLong } }),
            ("edit_image", new { prompt = "a", images = new[] { "http://" + tooLong } }),
            ("get_image_task", new { handle = "mcp-" + tooLong }),
        ];
        foreach (var (tool, arguments) in calls)
        {
            var result = await client.CallAsync(tool, JsonSerializer.SerializeToElement(arguments));

            Assert.True(result.IsError, tool);
            Assert.InRange(result.Text().Length, 1, MostOfText);
            Assert.DoesNotContain(new string('x', 600), result.Json().GetRawText(), StringComparison.Ordinal);
        }

        Service.Ledger.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData(null, "")]
    public void Short_values_stay(string? text, string expected) => Assert.Equal(expected, Echo.Value(text));

    [Fact]
    public void A_shortened_value_ends_between_characters()
    {
        Assert.Equal(new string('x', 99) + "…", Echo.Value(new string('x', 101)));
        Assert.Equal(new string('x', 98) + "…", Echo.Value(new string('x', 98) + "😀" + "yy"));
    }

    private static string Call(string id, string tool, string arguments) =>
        """{"jsonrpc":"2.0","id":"ID","method":"tools/call","params":{"name":"TOOL","arguments":ARGUMENTS}}"""
            .Replace("ID", id, StringComparison.Ordinal)
            .Replace("TOOL", tool, StringComparison.Ordinal)
            .Replace("ARGUMENTS", arguments, StringComparison.Ordinal);

    private static void CheckSchema(JsonElement schema, string? type = null)
    {
        Assert.All(schema.EnumerateObject(), keyword => Assert.Contains(keyword.Name, Keywords));
        var its = schema.GetProperty("type").GetString()!;
        Assert.Equal(type ?? its, its);
        Assert.Contains(its, (string[])["object", "array", "string", "integer", "number", "boolean"]);
        if (its == "object")
        {
            var properties = schema.GetProperty("properties");
            Assert.All(properties.EnumerateObject(), property => CheckSchema(property.Value));
            if (schema.TryGetProperty("required", out var required))
            {
                Assert.NotEmpty(required.EnumerateArray());
                Assert.All(required.EnumerateArray(), name => Assert.True(properties.TryGetProperty(name.GetString()!, out _)));
            }
        }

        if (its == "array")
        {
            CheckSchema(schema.GetProperty("items"));
        }
    }
}
