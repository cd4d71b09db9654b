using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Tests.Messages;

/// <summary>The steps 0 to 4 of the messages: their texts, times and order.</summary>
public sealed class NarrationTests
{
    private static readonly ImageRequest Puppy = new("a cute puppy on grass");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, int, double[], string[]> Stories() => new()
    {
        {
            "zh", "gemini-3.1-flash-image", 52, [0, 0, 20, 35, 50],
            [
                "收到，马上开始生成。",
                "🎨 开始生成图片，请稍候…\n• 模型：Nano Banana 2\n• 预计耗时：20~35 秒\n• 尺寸：1K\n• 比例：1:1\n• 消耗积分：6 pts",
                "⏳ 正在生成中… 57%\n已等待 20s，预计最长 35s",
                "⏳ 正在生成中… 95%\n已等待 35s，预计最长 35s",
                "⏳ 正在生成中… 95%\n已等待 50s，预计最长 35s，稍等，即将完成…",
                "✅ 图片生成成功！\n• 模型：Nano Banana 2\n• 耗时：预计 20~35s，实际 {actual}s\n• 消耗积分：6 pts\n🔗 "
                    + "原始链接：https://ima-ga.esxscloud.com/simulator/task_sim_000001/1.png",
            ]
        },
        {
            "en", "gemini-3-pro-image", 62, [0, 0, 30, 60],
            [
                "OK, generating now.",
                "🎨 Generating your image, one moment…\n• Model: Nano Banana Pro\n• Expected: 25~45 s\n"
                    + "• Size: 1K\n• Aspect ratio: 1:1\n• Credits: 10 pts",
                "⏳ Generating… 66%\n30 s so far, at most about 45 s",
                "⏳ Generating… 95%\n60 s so far, at most about 45 s, almost there…",
                "✅ Image ready!\n• Model: Nano Banana Pro\n• Time: expected 25~45 s, took {actual} s\n• Credits: 10 pts\n🔗 Original "
                    + "link: https://ima-ga.esxscloud.com/simulator/task_sim_000001/1.png",
            ]
        },
        {
            "en", "gemini-3.1-flash-image", 16, [0, 0],
            [
                "OK, generating now.",
                "🎨 Generating your image, one moment…\n• Model: Nano Banana 2\n• Expected: 20~35 s\n"
                    + "• Size: 1K\n• Aspect ratio: 1:1\n• Credits: 6 pts",
                "✅ Image ready!\n• Model: Nano Banana 2\n• Time: expected 20~35 s, took {actual} s\n• Credits: 6 pts\n🔗 Original "
                    + "link: https://ima-ga.esxscloud.com/simulator/task_sim_000001/1.png",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task Steps_arrive_in_order_at_their_times_with_the_specified_texts(
        string language, string model, int seconds, double[] times, string[] texts)
    {
        using var service = new StoryService(TimeSpan.FromSeconds(seconds));

        var reported = await service.ReportedAsync(
            service.Narrate(Puppy with { Model = new ImageModel(model) }, new ImaLanguage(language)));

        var actual = ((long)reported[^1].Message.Result!.Elapsed.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(
            texts.Select(text => text.Replace("{actual}", actual, StringComparison.Ordinal)), reported.Select(item => item.Message.Text));
        Assert.Equal(times, reported.Take(reported.Count - 1).Select(item => item.Seconds));
        Assert.InRange(reported[^1].Seconds, seconds, seconds + 8);
        Assert.Equal(
            [ImageMessageStep.Received, ImageMessageStep.Started, .. Enumerable.Repeat(
                ImageMessageStep.Generating, times.Length - 2), ImageMessageStep.Succeeded],
            reported.Select(item => item.Message.Step));
        Assert.Equal([false, false, .. Enumerable.Repeat(true, times.Length - 1)], reported.Select(item => item.Message.Task is not null));
        Assert.Equal("1.png", Assert.Single(reported[^1].Message.Images).Url.Segments[^1]);
        Assert.All(reported.SkipLast(1), item => Assert.Empty(item.Message.Images));
        Assert.Single(service.Simulator.Charges);
        Assert.Equal(language, Assert.Single(service.Languages));
    }

    [Fact]
    public async Task All_images_of_a_submission_are_linked_and_their_total_price_is_reported()
    {
        using var service = new StoryService(TimeSpan.FromSeconds(10));

        var reported = await service.ReportedAsync(service.Narrate(Puppy with { Count = 3 }, ImaLanguage.English));

        Assert.EndsWith("• Credits: 18 pts", reported[1].Message.Text, StringComparison.Ordinal);
        Assert.Equal(3, reported[^1].Message.Images.Count);
        Assert.EndsWith(
            "• Credits: 18 pts\n"
                + string.Join(
                    '\n',
                    Enumerable.Range(1, 3).Select(
                        number => $"🔗 Original link: https://ima-ga.esxscloud.com/simulator/task_sim_000001/{number}.png")),
            reported[^1].Message.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_from_8K_to_4K_is_reported_once_and_before_the_submission()
    {
        using var service = new StoryService(TimeSpan.FromSeconds(10));

        var reported = await service.ReportedAsync(service.Narrate(Puppy with { Size = new ImageSize("8K") }, ImaLanguage.Chinese));

        Assert.Equal(
            "🎨 开始生成图片，请稍候…\n• 模型：Nano Banana 2\n• 预计耗时：20~35 秒\n• 比例：1:1\n• 尺寸：8K 改为 4K\n• 消耗积分：13 pts",
            reported[1].Message.Text);
        Assert.DoesNotContain("改为", reported[^1].Message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Size_that_was_reduced_after_the_start_is_reported()
    {
        using var service = new StoryService(TimeSpan.FromSeconds(10));
        service.Simulator.Script("create", new SimulatedFault { Status = 200, Body = """{"code":500,"message":"too complex"}""" });

        var reported = await service.ReportedAsync(
            service.Narrate(Puppy with { Size = ImageSize.Size4K, AllowSmallerSize = true }, ImaLanguage.English));

        Assert.Contains("• Credits: 13 pts", reported[1].Message.Text, StringComparison.Ordinal);
        Assert.Contains("\n• Size: 2K instead of 4K\n• Credits: 10 pts\n", reported[^1].Message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_images_of_a_partial_success_are_reported()
    {
        using var service = new StoryService(TimeSpan.FromSeconds(10));
        service.Rewrite = (path, body) => path.EndsWith("detail", StringComparison.Ordinal)
            ? body.Replace("\"id\":\"media_2\",\"resource_status\":1", "\"id\":\"media_2\",\"resource_status\":2", StringComparison.Ordinal)
            : null;

        var reported = await service.ReportedAsync(service.Narrate(Puppy with { Count = 2 }, ImaLanguage.English));

        Assert.Contains("\n• Not delivered: 1 of 2 images\n", reported[^1].Message.Text, StringComparison.Ordinal);
        Assert.Single(reported[^1].Message.Images);
    }

    [Fact]
    public async Task Reported_price_is_the_highest_charge()
    {
        using var service = new StoryService(TimeSpan.FromSeconds(10));
        var reads = 0;
        service.Rewrite = (path, body) => path.EndsWith("list", StringComparison.Ordinal) && ++reads > 1
            ? body.Replace("\"points\":6", "\"points\":9", StringComparison.Ordinal)
            : null;
        service.Simulator.Script("create", new SimulatedFault { Status = 200, Body = """{"code":6006,"message":"Credit mismatch"}""" });

        var reported = await service.ReportedAsync(service.Narrate(Puppy with { MaxCredits = 100 }, ImaLanguage.English));

        Assert.Equal(
            "❌ Image generation failed\n• Reason: The price has changed\n• Suggestion: Confirm the new price and try again\nShall I "
                + "try again?",
            reported[^1].Message.Text);
        Assert.Equal(
            (ImaErrorKind.PriceChanged, 6m, 9m),
            (reported[^1].Message.Error!.Kind, reported[^1].Message.Error!.AllowedCredits, reported[^1].Message.Error!.RequiredCredits));
        Assert.Empty(service.Simulator.Charges);
    }

    [Fact]
    public async Task Messages_continue_in_another_process()
    {
        using var service = new StoryService(TimeSpan.FromSeconds(60));
        var task = await service.Client.SubmitAsync(Puppy, Token);
        service.Time.Advance(TimeSpan.FromSeconds(30));
        var reported = new List<ImageProgress>();

        var messages = await service.ReportedAsync(service.Client.StreamMessagesAsync(
            ImageTask.FromHandle(task.ToHandle()), ImaLanguage.English, new Reporter(reported), service.Time, Token));

        Assert.Equal([15, 30], messages.SkipLast(1).Select(item => item.Seconds));
        Assert.Equal("⏳ Generating… 95%\n45 s so far, at most about 35 s, almost there…", messages[0].Message.Text);
        Assert.Equal(ImageMessageStep.Succeeded, messages[^1].Message.Step);
        Assert.Equal(ImageStage.Completed, reported[^1].Stage);
        Assert.Single(service.Simulator.Charges);
    }

    [Fact]
    public async Task Messages_for_a_bare_id_omit_unknown_values()
    {
        using var service = new StoryService(TimeSpan.FromSeconds(40));
        var task = await service.Client.SubmitAsync(Puppy, Token);

        var reported = await service.ReportedAsync(
            service.Client.StreamMessagesAsync(
                new ImageTask(task.Id), ImaLanguage.Chinese, timeProvider: service.Time, cancellationToken: Token));

        Assert.Equal("⏳ 正在生成中…\n已等待 20s", reported[0].Message.Text);
        Assert.Matches("^✅ 图片生成成功！\n• 耗时：实际 4[0-9]s\n🔗 原始链接：https://", reported[^1].Message.Text);
    }

    [Fact]
    public async Task Progress_gets_the_task_as_soon_as_it_is_charged_and_may_throw()
    {
        using var service = new StoryService(TimeSpan.FromSeconds(25));
        var reported = new List<ImageProgress>();

        var messages = await service.ReportedAsync(
            service.Client.StreamMessagesAsync(Puppy, ImaLanguage.English, new Reporter(reported, throws: true), service.Time, Token));

        Assert.Equal((ImageStage.Accepted, "task_sim_000001"), (reported[0].Stage, reported[0].Task!.Id));
        Assert.Equal(ImageStage.Completed, reported[^1].Stage);
        Assert.Equal(ImageMessageStep.Succeeded, messages[^1].Message.Step);
    }

    [Fact]
    public void Missing_arguments_are_reported_at_the_call()
    {
        using var service = new StoryService(TimeSpan.FromSeconds(10));

        Assert.Throws<ArgumentNullException>(
            "client", () => ((IImaImageClient)null!).StreamMessagesAsync(Puppy, ImaLanguage.English, cancellationToken: Token));
        Assert.Throws<ArgumentNullException>(
            "request", () => service.Client.StreamMessagesAsync((ImageRequest)null!, ImaLanguage.English, cancellationToken: Token));
        Assert.Throws<ArgumentNullException>(
            "task", () => service.Client.StreamMessagesAsync((ImageTask)null!, ImaLanguage.English, cancellationToken: Token));
    }

    private sealed class Reporter(List<ImageProgress> reported, bool throws = false) : IProgress<ImageProgress>
    {
        public void Report(ImageProgress value)
        {
            reported.Add(value);
            if (throws)
            {
                throw new InvalidOperationException("an app's own mistake");
            }
        }
    }
}
