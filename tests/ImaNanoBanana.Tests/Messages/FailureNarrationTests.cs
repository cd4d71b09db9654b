using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Tests.Messages;

/// <summary>Step 4: the message when there is no image, and what it suggests.</summary>
public sealed class FailureNarrationTests
{
    private const string Key = "https://www.imaclaw.ai/imaclaw/apikey";
    private static readonly ImageRequest Puppy = new("a cute puppy on grass");

    public static TheoryData<string, string, string> Failures() => new()
    {
        {
            "key",
            "❌ 图片生成失败\n• 原因：API密钥无效或未授权\n• 建议：生成新密钥: " + Key + "\n需要我帮你重试吗？",
            "❌ Image generation failed\n• Reason: API key is invalid or unauthorized\n• Suggestion: Generate a new key: " + Key
                + "\nShall I try again?"
        },
        {
            "credits",
            "❌ 图片生成失败\n• 原因：积分不足，无法创建任务\n• 建议：购买积分: https://www.imaclaw.ai/imaclaw/subscription\n需要我帮你重试吗？",
            "❌ Image generation failed\n• Reason: Not enough credits for this image\n• Suggestion: Buy credits: "
                + "https://www.imaclaw.ai/imaclaw/subscription\nShall I try again?"
        },
        {
            "task",
            "❌ 图片生成失败\n• 原因：图片生成遇到问题\n• 建议：换个模型试试：Nano Banana Pro（10 pts）\n• 重试会再次扣费\n需要我帮你重试吗？",
            "❌ Image generation failed\n• Reason: Image generation failed\n• Suggestion: Try another model: Nano Banana Pro (10 "
                + "pts)\n• Another attempt is charged again\nShall I try again?"
        },
        {
            "pro task",
            "❌ 图片生成失败\n• 原因：图片生成遇到问题\n• 建议：换个模型试试：Nano Banana 2（13 pts）\n• 重试会再次扣费\n需要我帮你重试吗？",
            "❌ Image generation failed\n• Reason: Image generation failed\n• Suggestion: Try another model: Nano Banana 2 (13 "
                + "pts)\n• Another attempt is charged again\nShall I try again?"
        },
        {
            "small task",
            "❌ 图片生成失败\n• 原因：图片生成遇到问题\n• 建议：换个模型试试：Nano Banana Pro（10 pts）\n• 重试会再次扣费\n需要我帮你重试吗？",
            "❌ Image generation failed\n• Reason: Image generation failed\n• Suggestion: Try another model: Nano Banana Pro (10 "
                + "pts)\n• Another attempt is charged again\nShall I try again?"
        },
        {
            "unpriced task",
            "❌ 图片生成失败\n• 原因：图片生成遇到问题\n• 建议：换个模型试试\n• 重试会再次扣费\n需要我帮你重试吗？",
            "❌ Image generation failed\n• Reason: Image generation failed\n• Suggestion: Try another model\n• Another "
                + "attempt is charged again\nShall I try again?"
        },
        {
            "lost",
            "❌ 图片生成失败\n• 原因：请求已提交但结果未知，可能已扣费\n• 建议：先查看积分记录，再决定是否重新提交",
            "❌ Image generation failed\n• Reason: The request was not confirmed, and credits may have been spent\n• Suggestion: Check "
                + "your credits before you submit it again"
        },
        {
            "ratio",
            "❌ 图片生成失败\n• 原因：不支持该比例\n• 建议：使用支持的比例：1:1、3:2、2:3、3:4、4:3、4:5、5:4、9:16、16:9、21:9\n需要我帮你重试吗？",
            "❌ Image generation failed\n• Reason: This aspect ratio is not offered\n• Suggestion: Use one of 1:1, 3:2, 2:3, 3:4, 4:3, "
                + "4:5, 5:4, 9:16, 16:9, 21:9\nShall I try again?"
        },
        {
            "prompt",
            "❌ 图片生成失败\n• 原因：缺少图片描述\n• 建议：描述想要的图片",
            "❌ Image generation failed\n• Reason: The description of the image is missing\n• Suggestion: Describe what the image should "
                + "show"
        },
        {
            "network",
            "❌ 图片生成失败\n• 原因：网络连接不稳定\n• 建议：检查网络后重试\n需要我帮你重试吗？",
            "❌ Image generation failed\n• Reason: The network connection is unstable\n• Suggestion: Check the network and try "
                + "again\nShall I try again?"
        },
        {
            "strange code",
            "❌ 图片生成失败\n• 原因：图片生成遇到问题，请稍后重试或换个模型试试。\n需要我帮你重试吗？",
            "❌ Image generation failed\n• Reason: Image generation encountered an issue, please retry or switch model.\nShall I try again?"
        },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Failure_is_the_last_message_and_has_the_specified_text(string failure, string chinese, string english)
    {
        Assert.Equal(chinese, await LastAsync(failure, ImaLanguage.Chinese));
        Assert.Equal(english, await LastAsync(failure, ImaLanguage.English));
    }

    /// <summary>The reason reaches the person, and no other model is suggested for a description that is refused.</summary>
    [Theory]
    [InlineData(
        "task",
        "• Reason: The description was refused: violates content policy\n• Suggestion: Change the description",
        "• 原因：图片描述未通过审核：violates content policy\n• 建议：修改描述")]
    [InlineData(
        "create",
        "• Reason: The description was refused: violates content policy\n• Suggestion: Change the description",
        "• 原因：图片描述未通过审核：violates content policy\n• 建议：修改描述")]
    public async Task Refused_description_is_reported_with_the_reason_of_the_service(string where, string english, string chinese)
    {
        foreach (var (language, expected) in new[] { (ImaLanguage.English, english), (ImaLanguage.Chinese, chinese) })
        {
            using var service = new StoryService(TimeSpan.FromSeconds(10));
            if (where == "create")
            {
                service.Simulator.Script(
                    "create",
                    new SimulatedFault { Status = 200, Body = """{"code":7001,"message":"violates\u001b[31m content policy"}""" });
            }

            service.Rewrite = (path, body) => path.EndsWith("detail", StringComparison.Ordinal)
                ? body.Replace(
                    "\"resource_status\":1", "\"error_msg\":\"violates content policy.\",\"resource_status\":2", StringComparison.Ordinal)
                : null;

            var reported = await service.ReportedAsync(service.Narrate(Puppy, language));

            Assert.EndsWith(expected, reported[^1].Message.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Slow_image_is_not_suggested_again_and_ready_images_are_linked()
    {
        using var service = new StoryService(TimeSpan.FromHours(1));
        service.Rewrite = (path, body) => path.EndsWith("detail", StringComparison.Ordinal)
            ? body.Replace(
                "\"id\":\"media_1\",\"resource_status\":0,\"status\":\"processing\",\"url\":\"\"",
                "\"id\":\"media_1\",\"resource_status\":1,\"status\":\"success\",\"url\":\"https://images.test/1.png\"",
                StringComparison.Ordinal)
            : null;

        var reported = await service.ReportedAsync(service.Narrate(Puppy with { Count = 2 }, ImaLanguage.English));

        var last = reported[^1].Message;
        Assert.Equal(
            "❌ Image generation failed\n• Reason: Generation took too long\n• Suggestion: Check the task again later, or use the "
                + "faster model\n🔗 Original link: https://images.test/1.png",
            last.Text);
        Assert.Equal((ImaErrorKind.TimedOut, "task_sim_000001"), (last.Error!.Kind, last.Task!.Id));
        Assert.Equal("https://images.test/1.png", Assert.Single(last.Images).Url.OriginalString);
        Assert.Equal(
            Enumerable.Range(0, 39).Select(number => 20d + (15 * number)),
            reported.Where(item => item.Message.Step == ImageMessageStep.Generating).Select(item => item.Seconds));
    }

    [Fact]
    public async Task Other_model_of_a_resumed_edit_has_the_price_of_the_same_submission()
    {
        using var service = new StoryService(TimeSpan.FromSeconds(10));
        service.Rewrite = (path, body) =>
            path.EndsWith("detail", StringComparison.Ordinal)
                ? body.Replace("\"resource_status\":1", "\"resource_status\":2", StringComparison.Ordinal)
                : null;
        var request = Puppy with
        {
            Model = ImageModel.NanoBananaPro,
            Size = ImageSize.Size4K,
            Count = 2,
            Images = [ImageInput.FromUrl(new Uri("https://images.test/photo.png"))],
            MaxCredits = 36,
            IdempotencyKey = "wish-1",
        };
        var task = await service.Client.SubmitAsync(request, TestContext.Current.CancellationToken);

        var reported = await service.ReportedAsync(service.Client.StreamMessagesAsync(
            ImageTask.FromHandle(task.ToHandle()),
            ImaLanguage.English,
            timeProvider: service.Time,
            cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("Try another model: Nano Banana 2 (26 pts)", Assert.Single(reported).Message.Text, StringComparison.Ordinal);
        Assert.Equal(36, Assert.Single(service.Simulator.Charges).Credits);
    }

    private static async Task<string> LastAsync(string failure, ImaLanguage language)
    {
        using var service = new StoryService(TimeSpan.FromSeconds(10));
        var request = failure switch
        {
            "pro task" =>
                Puppy with { Model = ImageModel.NanoBananaPro, Size = ImageSize.Size4K, ModelVersion = "gemini-3-pro-image-preview" },
            "small task" => Puppy with { Size = ImageSize.Size512 },
            "ratio" => Puppy with { Model = ImageModel.NanoBananaPro, AspectRatio = new AspectRatio("8:1") },
            "prompt" => new ImageRequest(" "),
            _ => Puppy,
        };
        switch (failure)
        {
            case "key":
                service.Simulator.Script("create", new SimulatedFault { Status = 401 });
                break;
            case "credits":
                service.Simulator.Balance = 5;
                break;
            case "lost":
                service.Simulator.Script("create", new SimulatedFault { DropsConnection = true, AfterProcessing = true });
                break;
            case "network":
                service.Simulator.Script("list", [.. Enumerable.Repeat(new SimulatedFault { DropsConnection = true }, 3)]);
                break;
            case "strange code":
                service.Simulator.Script(
                    "create",
                    new SimulatedFault { Status = 200, Body = """{"code":7777,"message":"upstream_adapter: nope"}""" });
                break;
            default:
                service.Rewrite = (path, body) =>
                    path.EndsWith("detail", StringComparison.Ordinal)
                        ? body.Replace("\"resource_status\":1", "\"resource_status\":2", StringComparison.Ordinal)
                    : failure == "unpriced task" ? body.Replace("\"gemini-3-pro-image\"", "\"another-model\"", StringComparison.Ordinal)
                    : null;
                break;
        }

        var reported = await service.ReportedAsync(service.Narrate(request, language));

        var last = reported[^1].Message;
        Assert.Equal((ImageMessageStep.Failed, 1), (last.Step, reported.Count(item => item.Message.Step >= ImageMessageStep.Succeeded)));
        Assert.NotNull(last.Error);
        Assert.Null(last.Result);
        Assert.Empty(last.Images);
        Assert.InRange(service.Simulator.Charges.Count, 0, 1);
        return last.Text;
    }
}
