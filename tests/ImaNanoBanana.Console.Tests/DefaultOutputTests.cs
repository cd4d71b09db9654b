using System.Text.Json;

namespace ImaNanoBanana.Console.Tests;

/// <summary>Where images are saved if no path is given.</summary>
public sealed class DefaultOutputTests : IDisposable
{
    private readonly CliRun _ima = new();

    private IEnumerable<string> Files => Directory.EnumerateFiles(_ima.Folder).Select(file => Path.GetFileName(file)).Order();

    [Fact]
    public async Task An_image_is_named_after_its_prompt_and_replaces_nothing()
    {
        var name = ImageFileName.FromText("a cute puppy");

        Assert.Equal(0, await _ima.RunAsync("generate", "a cute puppy"));
        Assert.Contains($"saved    {name}.png (1024 x 1024)\n", _ima.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _ima.RunAsync("generate", "a", "cute", "puppy", "--json"));
        Assert.Equal(
            Path.Combine(_ima.Folder, $"{name}-2.png"),
            JsonDocument.Parse(_ima.Out).RootElement.GetProperty("files")[0].GetProperty("path").GetString());

        Assert.StartsWith("a_cute_puppy-", name, StringComparison.Ordinal);
        Assert.Equal([$"{name}-2.png", $"{name}.png"], Files);
    }

    [Fact]
    public async Task Several_images_are_saved_in_the_current_folder()
    {
        Assert.Equal(0, await _ima.RunAsync("generate", "birds", "-n", "2"));

        Assert.Equal(["birds-2.png", "birds.png"], Files);
    }

    /// <summary>A folder with the name of the prompt belongs to something else.</summary>
    [Fact]
    public async Task A_folder_with_the_same_name_is_left_alone()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_ima.Folder, "src"));

        Assert.Equal(0, await _ima.RunAsync("generate", "src"));

        Assert.Empty(folder.EnumerateFileSystemInfos());
        Assert.Equal(["src-2.png"], Files);
    }

    [Theory]
    [InlineData("../../x")]
    [InlineData("/etc/x")]
    [InlineData("..")]
    [InlineData("a\nb\0c")]
    public async Task A_prompt_never_leads_out_of_the_folder(string prompt)
    {
        Assert.Equal(0, await _ima.RunAsync("generate", prompt));

        Assert.Single(Files);
    }

    [Theory]
    [InlineData("generate", "a puppy", "--no-save")]
    [InlineData("--prompt", "a puppy")]
    public async Task Without_saving_only_the_url_is_printed(params string[] args)
    {
        Assert.Equal(0, await _ima.RunAsync(args));

        Assert.Contains("image    https://", _ima.Out, StringComparison.Ordinal);
        Assert.Empty(Files);
    }

    [Fact]
    public async Task Messages_are_followed_by_the_saved_file_on_standard_error()
    {
        Assert.Equal(0, await _ima.RunAsync("generate", "puppy", "--narrate"));

        Assert.Equal("Saved: puppy.png\n", _ima.Error);
        Assert.DoesNotContain("puppy.png", _ima.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watched_task_is_named_after_itself()
    {
        await _ima.InterruptedAsync("Accepted", "generate", "a puppy");

        Assert.Equal(0, await _ima.RunAsync("watch", "task_sim_000001"));

        Assert.Equal(["task_sim_000001.png"], Files);
    }

    [Theory]
    [InlineData("generate", "a puppy")]
    [InlineData("edit", "a puppy", "--image", "https://example.com/1.png")]
    public async Task Contradicting_options_submit_nothing(params string[] args)
    {
        Assert.Equal(2, await _ima.RunAsync([.. args, "--no-save", "-o", "x"]));

        Assert.Contains("contradict", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Charges);
    }

    [Fact]
    public async Task If_the_current_folder_cannot_be_written_nothing_is_submitted()
    {
        _ima.Current = Path.Combine(_ima.Folder, "file");
        await File.WriteAllTextAsync(_ima.Current, "", TestContext.Current.CancellationToken);

        Assert.Equal(2, await _ima.RunAsync("generate", "a puppy"));

        Assert.Contains("Use -o PATH or --no-save. Nothing was submitted.", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Charges);
    }

    /// <summary>Shown once, before the image was saved, it would be lost: the entry stays in the journal.</summary>
    [Fact]
    public async Task Resume_keeps_what_it_did_not_save()
    {
        await _ima.InterruptedAsync("Accepted", "generate", "a puppy", "--idempotency-key", "order-1");
        await _ima.InterruptedAsync("Accepted", "generate", "a cat", "--idempotency-key", "order-2");
        Assert.Equal(0, await _ima.RunAsync("resume", "--no-save"));
        Assert.Equal(2, _ima.OutLines.Count(line => line.StartsWith("image ", StringComparison.Ordinal)));
        Assert.Contains("can be fetched again with `ima resume`", _ima.Error, StringComparison.Ordinal);

        // One of them cannot be saved, and only that one stays.
        Directory.CreateDirectory(Path.Combine(_ima.Folder, "out", "task_sim_000001.png"));
        Assert.Equal(1, await _ima.RunAsync("resume", "-o", "out/"));

        Assert.Equal(0, await _ima.RunAsync("resume"));
        Assert.Equal(["task_sim_000001.png"], Files);
        Assert.Equal(0, await _ima.RunAsync("resume"));
        Assert.Equal("There are no images to fetch.\n", _ima.Error);
        Assert.Equal(2, _ima.Service.Charges.Count);
    }

    [Fact]
    public async Task A_status_does_not_use_up_a_task()
    {
        await _ima.InterruptedAsync("Accepted", "generate", "a puppy");
        _ima.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, await _ima.RunAsync("status", "task_sim_000001"));
        Assert.Contains("ready", _ima.Out, StringComparison.Ordinal);

        Assert.Equal(0, await _ima.RunAsync("resume"));

        Assert.Equal(["task_sim_000001.png"], Files);
    }

    public void Dispose() => _ima.Dispose();
}
