using System.Text.Json;
using ImaNanoBanana.Mcp.Files;
using ImaNanoBanana.Mcp.Tools;
using ImaNanoBanana.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>A call needs no second attempt when its arguments can mean only one thing.</summary>
public sealed class ArgumentTests : IAsyncLifetime
{
    private static readonly string Pixel = "data:image/png;base64," + Convert.ToBase64String(FileTests.OnePixel);

    private Shop _shop = null!;

    private ImaSimulator Service => _shop.Simulator;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData("2", typeof(int?), "2")]
    [InlineData("\"2\"", typeof(int?), "2")]
    [InlineData("\" 2 \"", typeof(int?), "2")]
    [InlineData("2.0", typeof(int?), "2")]
    [InlineData("\"2.5\"", typeof(int?), "\"2.5\"")]
    [InlineData("\"two\"", typeof(int?), "\"two\"")]
    [InlineData("\"1,000\"", typeof(int?), "\"1,000\"")]
    [InlineData("\"1e3\"", typeof(decimal?), "\"1e3\"")]
    [InlineData("99999999999", typeof(int?), "99999999999")]
    [InlineData("\"5.5\"", typeof(decimal?), "5.5")]
    [InlineData("\"\"", typeof(decimal?), "\"\"")]
    [InlineData("true", typeof(decimal?), "true")]
    [InlineData("\"a.png\"", typeof(IReadOnlyList<string>), "[\"a.png\"]")]
    [InlineData("\"[\\\"a.png\\\",\\\"b.png\\\"]\"", typeof(IReadOnlyList<string>), "[\"a.png\",\"b.png\"]")]
    [InlineData("\"[1].png\"", typeof(IReadOnlyList<string>), "[\"[1].png\"]")]
    [InlineData("[\"a.png\"]", typeof(IReadOnlyList<string>), "[\"a.png\"]")]
    [InlineData("7", typeof(string), "7")]
    [InlineData("\"7\"", typeof(string), "\"7\"")]
    public void Values_in_another_form_are_read_if_they_can_mean_one_thing(string json, Type type, string expected) =>
        Assert.Equal(expected, ArgumentValue.Read(JsonDocument.Parse(json).RootElement, type)!.ToJsonString());

    [Fact]
    public async Task Numbers_and_lists_as_text_are_accepted_and_are_the_same_call()
    {
        var client = await _shop.ConnectAsync();

        var text = await client.GenerateAsync("a puppy", new { count = "2", max_credits = "15" });
        var number = await client.GenerateAsync("a puppy", new { count = 2, max_credits = 15 });
        var one = await EditAsync(client, "https://example.com/1.png");
        var list = await EditAsync(client, new[] { "https://example.com/1.png" });

        Assert.Equal(("ready", "True"), (text.Word("status"), number.Word("already_submitted")));
        Assert.Equal(("ready", "True"), (one.Word("status"), list.Word("already_submitted")));
        Service.Ledger.ShouldHaveCharged(18);
    }

    [Fact]
    public async Task A_quote_takes_the_arguments_of_the_other_tools()
    {
        var client = await _shop.ConnectAsync();
        var arguments = JsonSerializer.SerializeToElement(
            new { prompt = "a puppy", count = "2", variation = "b", max_credits = "15", wait_seconds = 5 });

        var quote = await client.CallAsync("quote_image", arguments);
        var ofLast = await client.CallAsync("quote_image", null, ("prompt", "in oil"), ("images", "last"));

        Assert.Equal(("12", "6"), (quote.Word("credits"), ofLast.Word("credits")));
        Service.Ledger.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_image_in_an_argument_is_uploaded_like_a_file_with_the_same_bytes()
    {
        await File.WriteAllBytesAsync(Path.Combine(_shop.Folder, "photo.png"), FileTests.OnePixel, TestContext.Current.CancellationToken);
        var client = await _shop.ConnectAsync("--files", _shop.Folder);

        var data = await EditAsync(client, Pixel);
        var file = await EditAsync(client, "photo.png");

        Assert.Equal(("ready", "True"), (data.Word("status"), file.Word("already_submitted")));
        Service.Ledger.ShouldHaveCharged(6);
    }

    [Theory]
    [InlineData("data:image/png,abc", "It is not a data: URL in base64.")]
    [InlineData("data:image/png;base64,***", "It is not a data: URL in base64.")]
    [InlineData("data:image/png;base64,", "It is not a data: URL in base64.")]
    [InlineData("data:", "It is not a data: URL in base64.")]
    public async Task Data_that_is_not_an_image_is_rejected(string image, string reason)
    {
        var client = await _shop.ConnectAsync();

        var refused = await EditAsync(client, image);

        Assert.EndsWith(reason, refused.Word("error", "reason"), StringComparison.Ordinal);
        Assert.Equal("no", refused.Word("error", "credits_spent"));
        Assert.Empty(Service.Requests);
    }

    [Fact]
    public async Task Too_much_data_is_rejected_with_the_limit()
    {
        var client = await _shop.ConnectAsync();

        var refused = await EditAsync(client, "data:image/png;base64," + new string('A', (DataUrl.MostBytes / 3 * 4) + 16));

        Assert.Contains("can have at most 10485760 bytes", refused.Word("error", "reason"), StringComparison.Ordinal);
        Assert.Empty(Service.Requests);
    }

    private static Task<CallToolResult> EditAsync(McpClient client, object images) =>
        client.CallAsync("edit_image", null, ("prompt", "an oil painting"), ("images", images));
}
