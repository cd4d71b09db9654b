using System.Text.Json;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Console.Tests;

/// <summary>A charged task can be found again: after Ctrl-C, after a timeout, by handle, by id.</summary>
public sealed class TaskTests : IDisposable
{
    private readonly CliRun _ima = new();

    [Fact]
    public async Task After_an_interruption_during_the_wait_the_command_to_resume_is_printed()
    {
        var code = await _ima.InterruptedAsync("Accepted", "generate", "a puppy", "--idempotency-key", "order-1", "--json");

        Assert.Equal(130, code);
        var handle = JsonDocument.Parse(_ima.Out).RootElement.GetProperty("error").GetProperty("handle").GetString()!;
        Assert.Equal("task_sim_000001", ImageTask.FromHandle(handle).Id);
        Assert.Contains("\n  ima watch task_sim_000001\n", _ima.Error, StringComparison.Ordinal);

        Assert.Equal(0, await _ima.RunAsync("watch", handle, "--json", "-o", "out/"));
        Assert.Equal(6, JsonDocument.Parse(_ima.Out).RootElement.GetProperty("credit").GetDecimal());
        Assert.True(File.Exists(Path.Combine(_ima.Folder, "out", "task_sim_000001.png")));
        Assert.Single(_ima.Service.Charges);
    }

    /// <summary>The time since the submission says nothing if no one waited.</summary>
    [Fact]
    public async Task A_task_that_was_not_watched_from_its_start_has_no_time()
    {
        await _ima.InterruptedAsync("Accepted", "generate", "a puppy");
        _ima.Time.Advance(TimeSpan.FromMinutes(8));

        Assert.Equal(0, await _ima.RunAsync("watch", "task_sim_000001"));

        Assert.Contains("Ready\n", _ima.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("seconds", _ima.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_task_is_not_called_charged()
    {
        Assert.Equal(2, await _ima.RunAsync("watch", "task_unknown"));

        Assert.DoesNotContain("was charged", _ima.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ima watch", _ima.Error, StringComparison.Ordinal);
    }

    /// <summary>Without a journal, only the handle has the details of the task.</summary>
    [Fact]
    public async Task After_a_timeout_without_a_journal_the_handle_is_printed()
    {
        _ima.Service.ProcessingTime = TimeSpan.FromMinutes(30);

        _ima.LongestDelay = TimeSpan.FromMinutes(1);

        Assert.Equal(5, await _ima.RunAsync("generate", "a puppy", "--timeout", "60", "--no-journal"));

        Assert.Contains("ima watch '{", _ima.Error, StringComparison.Ordinal);
        Assert.Single(_ima.Service.Charges);
    }

    [Fact]
    public async Task The_printed_command_has_the_options_that_it_needs()
    {
        var code = await _ima.InterruptedAsync("Accepted", "generate", "a puppy", "--journal", "my journal");

        Assert.Equal(130, code);
        Assert.Contains("\n  ima watch task_sim_000001 --journal 'my journal'\n", _ima.Error, StringComparison.Ordinal);
        Assert.Equal(0, await _ima.RunAsync("watch", "task_sim_000001", "--journal", "my journal"));
        Assert.Contains("credits  6\n", _ima.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_task_is_not_offered_for_resuming()
    {
        _ima.Service.Scenario.FailedImages(1);

        Assert.Equal(1, await _ima.RunAsync("generate", "a puppy"));

        Assert.Contains("Credits: spent", _ima.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ima watch", _ima.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("watch")]
    public async Task A_failed_task_is_reported_with_its_charge(string command)
    {
        _ima.Service.Scenario.FailedImages(1);
        await _ima.RunAsync("generate", "a puppy", "--no-journal");

        Assert.Equal(1, await _ima.RunAsync(command, "task_sim_000001", "--json"));

        var error = JsonDocument.Parse(_ima.Out).RootElement.GetProperty("error");
        Assert.Equal("TaskFailed", error.GetProperty("kind").GetString());
        Assert.Contains("Credits: spent", _ima.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_is_enough_because_the_journal_has_the_rest()
    {
        _ima.Service.ProcessingTime = TimeSpan.FromMinutes(5);
        await _ima.InterruptedAsync("Accepted", "generate", "a puppy");

        Assert.Equal(0, await _ima.RunAsync("status", "task_sim_000001", "--json"));
        var status = JsonDocument.Parse(_ima.Out).RootElement;
        Assert.Equal("generating", status.GetProperty("status").GetString());
        Assert.Equal(6, ImageTask.FromHandle(status.GetProperty("handle").GetString()!).Credits);

        _ima.LongestDelay = TimeSpan.FromMinutes(5);
        Assert.Equal(0, await _ima.RunAsync("watch", "task_sim_000001"));
        Assert.Contains("credits  6\n", _ima.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_idempotency_key_submits_once_across_runs()
    {
        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy", "--idempotency-key", "order-1"));
        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy", "--idempotency-key", "order-1"));
        Assert.Equal(2, await _ima.RunAsync("generate", "a cat", "--idempotency-key", "order-1"));

        Assert.Single(_ima.Service.Charges);
    }

    [Fact]
    public async Task Resume_delivers_the_unfinished_tasks()
    {
        await _ima.InterruptedAsync("Accepted", "generate", "a puppy", "--idempotency-key", "order-1");
        _ima.Service.Script("create", new SimulatedFault { Status = 200, Body = """{"code":0}""" });
        Assert.Equal(6, await _ima.RunAsync("generate", "a cat", "--idempotency-key", "order-2"));

        Assert.Equal(6, await _ima.RunAsync("resume", "--json", "-o", "out/"));

        Assert.Equal(2, _ima.OutLines.Count);
        Assert.Contains("task_sim_000001", _ima.Out, StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"OutcomeUnknown\"", _ima.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_ima.Folder, "out", "task_sim_000001.png")));
        Assert.Single(_ima.Service.Charges);
    }

    [Fact]
    public async Task An_image_that_cannot_be_saved_is_reported_with_its_url_and_handle()
    {
        Directory.CreateDirectory(Path.Combine(_ima.Folder, "puppy.png"));

        Assert.Equal(
            1, await _ima.RunAsync("generate", "a puppy", "-o", "puppy", "--idempotency-key", "order-1", "--json", "--no-journal"));

        var error = JsonDocument.Parse(_ima.Out).RootElement.GetProperty("error");
        Assert.Equal("Charged", error.GetProperty("charge").GetString());
        Assert.Equal("order-1", error.GetProperty("idempotency_key").GetString());
        Assert.Equal("https://ima-ga.esxscloud.com/simulator/task_sim_000001/1.png", error.GetProperty("urls")[0].GetString());
        var handle = error.GetProperty("handle").GetString()!;
        Assert.EndsWith(
            $"Ready:   https://ima-ga.esxscloud.com/simulator/task_sim_000001/1.png\nThe image was charged and is ready. To get it, run:\n"
                + $"  ima watch '{handle}'\n",
            _ima.Error,
            StringComparison.Ordinal);

        Assert.Equal(0, await _ima.RunAsync("watch", handle, "-o", "dog"));
        Assert.True(File.Exists(Path.Combine(_ima.Folder, "dog.png")));
        Assert.Single(_ima.Service.Charges);
    }

    [Fact]
    public async Task After_an_interruption_while_saving_the_command_to_resume_is_printed()
    {
        var code = await _ima.InterruptedAsync("Ready after", "generate", "a puppy", "-o", "puppy", "--json", "--no-journal");

        Assert.Equal(130, code);
        Assert.Contains("  ima watch '{", _ima.Error, StringComparison.Ordinal);
        Assert.Equal("task_sim_000001", JsonDocument.Parse(_ima.Out).RootElement.GetProperty("error").GetProperty("task_id").GetString());
    }

    [Theory]
    [InlineData("generate")]
    [InlineData("edit", "--image", "https://example.com/1.png")]
    public async Task If_nothing_can_be_saved_nothing_is_submitted(params string[] command)
    {
        await File.WriteAllTextAsync(Path.Combine(_ima.Folder, "file"), "", TestContext.Current.CancellationToken);

        Assert.Equal(2, await _ima.RunAsync([.. command, "a puppy", "-o", "file/puppy.png"]));

        Assert.Equal("Cannot write to 'file/puppy.png'. Nothing was submitted.\n", _ima.Error);
        Assert.Empty(_ima.Service.Charges);
    }

    [Fact]
    public async Task Resume_changes_nothing_if_nothing_can_be_saved()
    {
        await _ima.InterruptedAsync("Accepted", "generate", "a puppy");
        await File.WriteAllTextAsync(Path.Combine(_ima.Folder, "file"), "", TestContext.Current.CancellationToken);

        Assert.Equal(2, await _ima.RunAsync("resume", "-o", "file/out"));
        Assert.Equal("Cannot write to 'file/out/'. Nothing was submitted.\n", _ima.Error);

        Assert.Equal(0, await _ima.RunAsync("resume", "-o", "out"));
        Assert.True(File.Exists(Path.Combine(_ima.Folder, "out", "task_sim_000001.png")));
    }

    [Fact]
    public async Task Resume_continues_after_an_image_that_cannot_be_saved()
    {
        await _ima.InterruptedAsync("Accepted", "generate", "a puppy", "--idempotency-key", "order-1");
        await _ima.InterruptedAsync("Accepted", "generate", "a cat", "--idempotency-key", "order-2");
        Directory.CreateDirectory(Path.Combine(_ima.Folder, "out", "task_sim_000001.png"));

        Assert.Equal(1, await _ima.RunAsync("resume", "-o", "out/", "--json"));

        Assert.Equal(2, _ima.OutLines.Count);
        Assert.Contains("/simulator/task_sim_000001/1.png", _ima.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_ima.Folder, "out", "task_sim_000002.png")));
    }

    [Fact]
    public async Task Resume_reports_that_nothing_is_left()
    {
        Assert.Equal(0, await _ima.RunAsync("resume"));
        Assert.Equal("", _ima.Out);
        Assert.Equal("There are no images to fetch.\n", _ima.Error);
    }

    [Fact]
    public async Task Upload_prints_the_url()
    {
        await File.WriteAllBytesAsync(
            Path.Combine(_ima.Folder, "photo.png"), TemplateTests.OnePixel, TestContext.Current.CancellationToken);

        Assert.Equal(0, await _ima.RunAsync("upload", "photo.png"));

        Assert.StartsWith("https://", Assert.Single(_ima.OutLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_is_not_a_task_is_rejected()
    {
        Assert.Equal(2, await _ima.RunAsync("watch", "{v:1,id:broken}"));
    }

    public void Dispose() => _ima.Dispose();
}
