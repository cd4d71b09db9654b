using System.Text.Json;

namespace ImaNanoBanana.Console.Tests;

/// <summary>The options and output of the original command-line program, with its command templates unchanged.</summary>
public sealed class TemplateTests : IDisposable
{
    internal static readonly byte[] OnePixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly CliRun _ima = new();

    [Fact]
    public async Task List_models_prints_the_table()
    {
        var code = await _ima.RunAsync("--api-key", CliRun.Key, "--task-type", "text_to_image", "--list-models");

        Assert.Equal(0, code);
        Assert.Equal(
            """

            Available models for 'text_to_image':
            Name                         model_id                           version_id                                    pts  attr_id
            ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
            Nano Banana 2                gemini-3.1-flash-image             gemini-3.1-flash-image-preview                  4  4400
            Nano Banana Pro              gemini-3-pro-image                 gemini-3-pro-image-preview                     10  2399

            """,
            _ima.Out);
    }

    [Fact]
    public async Task Text_to_image_prints_the_original_fields()
    {
        var code = await _ima.RunAsync(
            "--api-key",
            CliRun.Key,
            "--task-type",
            "text_to_image",
            "--model-id",
            "gemini-3.1-flash-image",
            "--prompt",
            "a cute puppy on grass",
            "--size", "1K", "--extra-params", """{"aspect_ratio":"1:1"}""", "--user-id", "ID", "--output-json");

        Assert.Equal(0, code);
        Assert.Equal(
            """
            {"task_id":"task_sim_000001","url":"https://ima-ga.esxscloud.com/simulator/task_sim_000001/1.png","cover_url":"","model_id":"gemini-3.1-flash-image","model_name":"Nano Banana 2","credit":6}

            """,
            _ima.Out);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_ima.Folder));
        Assert.Equal(6, Assert.Single(_ima.Service.Charges).Credits);
        Assert.Empty(_ima.Service.Violations);
        Assert.Empty(_ima.Service.Differences);
    }

    [Theory]
    [InlineData("https://example.com/photo.jpg")]
    [InlineData("./local-photo.jpg")]
    [InlineData("file://FOLDER/local-photo.jpg")]
    public async Task Image_to_image_accepts_urls_and_files(string image)
    {
        await File.WriteAllBytesAsync(Path.Combine(_ima.Folder, "local-photo.jpg"), OnePixel, TestContext.Current.CancellationToken);

        var code = await _ima.RunAsync(
            "--api-key",
            CliRun.Key,
            "--task-type",
            "image_to_image",
            "--model-id",
            "gemini-3.1-flash-image",
            "--prompt",
            "turn into oil painting",
            "--input-images", image.Replace("FOLDER", _ima.Folder, StringComparison.Ordinal), "--user-id", "ID", "--output-json");

        Assert.Equal(0, code);
        Assert.Equal(6, JsonDocument.Parse(_ima.Out).RootElement.GetProperty("credit").GetDecimal());
        Assert.Equal("turn into oil painting", Assert.Single(_ima.Service.Charges).Prompt);
        Assert.Empty(_ima.Service.Violations);
        Assert.Empty(_ima.Service.Differences);
    }

    [Fact]
    public async Task Credit_is_the_charge_for_all_images()
    {
        await _ima.RunAsync("--prompt", "two birds", "--count", "2", "--size", "4K", "--output-json");

        var result = JsonDocument.Parse(_ima.Out).RootElement;
        Assert.Equal(26, result.GetProperty("credit").GetDecimal());
        Assert.Equal(2, result.GetProperty("urls").GetArrayLength());
        Assert.Equal(26, _ima.Service.Charges.Sum(charge => charge.Credits));
    }

    [Fact]
    public async Task Input_images_can_be_repeated_or_listed()
    {
        var code = await _ima.RunAsync(
            "--prompt", "join them", "--input-images", "https://example.com/1.jpg", "https://example.com/2.jpg", "--input-images",
            "https://example.com/3.jpg", "--output-json", "--language", "zh");

        Assert.Equal(0, code);
        var create = Assert.Single(_ima.Service.Requests, request => request.Endpoint == "create");
        Assert.Equal(
            ["https://example.com/1.jpg", "https://example.com/2.jpg", "https://example.com/3.jpg"],
            JsonDocument.Parse(create.Body).RootElement.GetProperty("src_img_url").EnumerateArray().Select(url => url.GetString()));
        Assert.Empty(_ima.Service.Violations);
        Assert.Empty(_ima.Service.Differences);
    }

    [Fact]
    public async Task Empty_input_images_count_as_none()
    {
        Assert.Equal(0, await _ima.RunAsync("--prompt", "a puppy", "--input-images", "", " ", "--output-json"));
        Assert.Equal(0, await _ima.RunAsync("--prompt", "a puppy", "--input-images", "--output-json"));
    }

    [Fact]
    public async Task A_file_on_another_machine_is_not_submitted()
    {
        Assert.Equal(2, await _ima.RunAsync("--prompt", "a puppy", "--input-images", "file://server/photo.jpg"));

        Assert.Contains("file:///FOLDER/FILE", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Requests);
    }

    /// <summary>What the original does not say appears only where it matters, and never as a nested object.</summary>
    [Fact]
    public async Task Json_of_the_original_has_further_fields_only_where_they_matter()
    {
        await _ima.RunAsync("--prompt", "birds", "--extra-params", """{"n":2}""", "--output-json", "--simulate", "-o", "out/");

        var result = JsonDocument.Parse(_ima.Out).RootElement;
        Assert.Equal(
            ["task_id", "url", "cover_url", "model_id", "model_name", "credit", "urls", "files", "simulated"],
            result.EnumerateObject().Select(field => field.Name));
        Assert.Equal(2, result.GetProperty("files").GetArrayLength());
        Assert.Equal(1, _ima.Out.Count(letter => letter == '{'));
    }

    [Fact]
    public async Task Json_of_this_program_has_numbers_as_numbers()
    {
        Assert.Equal(0, await _ima.RunAsync("--list-models", "--task-type", "text_to_image", "--json"));

        var price = JsonDocument.Parse(_ima.Out).RootElement[0];
        Assert.Equal((4m, 4400m), (price.GetProperty("pts").GetDecimal(), price.GetProperty("attr_id").GetDecimal()));
    }

    public void Dispose() => _ima.Dispose();
}
