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
            name             model_id                version_id                      pts  attr_id  size
            Nano Banana 2    gemini-3.1-flash-image  gemini-3.1-flash-image-preview  4    4400     512px
            Nano Banana 2    gemini-3.1-flash-image  gemini-3.1-flash-image-preview  6    4401     1K
            Nano Banana 2    gemini-3.1-flash-image  gemini-3.1-flash-image-preview  10   4402     2K
            Nano Banana 2    gemini-3.1-flash-image  gemini-3.1-flash-image-preview  13   4403     4K
            Nano Banana Pro  gemini-3-pro-image      gemini-3-pro-image-preview      10   2399     1K
            Nano Banana Pro  gemini-3-pro-image      gemini-3-pro-image-preview      10   2400     2K
            Nano Banana Pro  gemini-3-pro-image      gemini-3-pro-image-preview      18   2401     4K

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
        var result = JsonDocument.Parse(_ima.Out).RootElement;
        Assert.Equal(
            [
                "task_id",
                "url",
                "cover_url",
                "model_id",
                "model_name",
                "credit"], result.EnumerateObject().Take(6).Select(field => field.Name));
        Assert.Equal("task_sim_000001", result.GetProperty("task_id").GetString());
        Assert.Equal("https://ima-ga.esxscloud.com/simulator/task_sim_000001/1.png", result.GetProperty("url").GetString());
        Assert.Equal("gemini-3.1-flash-image", result.GetProperty("model_id").GetString());
        Assert.Equal("Nano Banana 2", result.GetProperty("model_name").GetString());
        Assert.Equal(6, result.GetProperty("credit").GetDecimal());
        Assert.False(result.GetProperty("simulated").GetBoolean());
        Assert.Equal(6, Assert.Single(_ima.Service.Charges).Credits);
        Assert.Empty(_ima.Service.Violations);
        Assert.Empty(_ima.Service.Differences);
    }

    [Theory]
    [InlineData("https://example.com/photo.jpg")]
    [InlineData("./local-photo.jpg")]
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
            "--input-images", image, "--user-id", "ID", "--output-json");

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
        Assert.Equal(
            ImageTaskType.ImageToImage,
            ImageTask.FromHandle(JsonDocument.Parse(_ima.Out).RootElement.GetProperty("handle").GetString()!).TaskType);
        Assert.Empty(_ima.Service.Violations);
        Assert.Empty(_ima.Service.Differences);
    }

    public void Dispose() => _ima.Dispose();
}
