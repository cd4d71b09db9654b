using ImaNanoBanana.Cli.Output;

namespace ImaNanoBanana.Cli.Running;

/// <summary>Describes a failure for a person, for a program and as an exit code.</summary>
internal sealed record FailureReport(ErrorFacts Facts, IReadOnlyList<string> Lines)
{
    /// <returns>The report, or null for a bug in this program.</returns>
    public static FailureReport? FromException(Exception exception, Session session) => exception switch
    {
        UnsavedException unsaved => FromUnsaved(unsaved.Result, FromException(unsaved.InnerException!, session)!, session),
        UnseenException unseen => FromUnseen(unseen.Task, FromException(unseen.InnerException!, session)!, session),
        OutputException => Plain("Output", ExitCode.Output, session.Say[
            $"Could not write to standard output: {exception.Message}", $"无法写入标准输出：{exception.Message}"]),
        ImaException error => FromError(error, session),
        ImageGenerationCanceledException cancelled => FromCancellation(cancelled, session),
        OperationCanceledException => Plain("Interrupted", ExitCode.Interrupted, session.Say["Interrupted.", "已中断。"]),
        StopException stop => Plain("Usage", stop.ExitCode, stop.Message),
        IOException or UnauthorizedAccessException => Plain("File", ExitCode.Failed, FileProblem(exception, session)),
        _ => null,
    };

    /// <summary>Writes the report for a person.</summary>
    public void Note(Session session)
    {
        foreach (var line in Lines)
        {
            session.Screen.Note(line);
        }
    }

    public int Show(Session session)
    {
        Note(session);
        if (session.IsJson)
        {
            try
            {
                session.Screen.Result(JsonLine.Serialize(new ErrorDocument { Error = Facts }, json => json.ErrorDocument));
            }
            catch (OutputException)
            {
                // Standard error already contains the report.
            }
        }

        return Facts.ExitCode;
    }

    /// <summary>The messages of the runtime are in English. The common ones are replaced.</summary>
    private static string FileProblem(Exception exception, Session session)
    {
        var say = session.Say;
        return exception switch
        {
            FileNotFoundException { FileName: { } file } =>
                say[$"There is no file '{session.Host.Shown(file)}'.", $"文件“{session.Host.Shown(file)}”不存在。"],
            DirectoryNotFoundException => say[exception.Message, "路径中的文件夹不存在。"],
            UnauthorizedAccessException => say[exception.Message, "没有访问该文件或文件夹的权限。"],
            _ => say[exception.Message, $"无法读写文件：{exception.Message}"],
        };
    }

    private static FailureReport Plain(string kind, int code, string message) =>
        new(new ErrorFacts { Kind = kind, ExitCode = code, Message = message }, [message]);

    private static FailureReport FromError(ImaException error, Session session)
    {
        var say = session.Say;
        var advice = error.GetAdvice(say.Language);
        advice = advice with { Suggestion = CliAdvice.Suggestion(error, advice, session.Parsed.CommandResult.Command.Name, say) };
        var facts = new ErrorFacts
        {
            Kind = error.Kind.ToString(),
            ExitCode = ExitCode.FromKind(error.Kind),
            Message = error.Message,
            Reason = advice.Reason,
            Suggestion = advice.Suggestion,
            Charge = error.ChargeStatus.ToString(),
            RetryGuidance = error.RetryGuidance.ToString(),
            Code = error.Code,
            IdempotencyKey = error.IdempotencyKey,
            TaskId = error.Task?.Id,
            Handle = error.Task?.ToHandle(),
            Urls = [.. error.ReadyImages.Select(image => image.Url.AbsoluteUri)],
        };
        string[] detail = FailureDetail.Create(error, advice, say) is { } text ? [say[$"Detail:  {text}", $"详情：{text}"]] : [];
        string[] suggestion = advice.Suggestion.Length == 0 ? [] : [say[$"To do:   {advice.Suggestion}", $"建议：{advice.Suggestion}"]];
        return new(facts,
        [
            say[$"Failed:  {advice.Reason}", $"失败：{advice.Reason}"],
            .. suggestion,
            .. detail,
            say[$"Credits: {Charged(error.ChargeStatus, say)}", $"积分：{Charged(error.ChargeStatus, say)}"],
            .. Ready(facts, say),
            .. Unknown(error.ChargeStatus, error.IdempotencyKey, say),
            .. error.Kind is ImaErrorKind.TaskFailed or ImaErrorKind.TaskNotFound ? [] : GoOn(error.Task, error.ChargeStatus, session),
        ]);
    }

    /// <summary>Reports charged images even if their files could not be saved.</summary>
    private static FailureReport FromUnsaved(ImageResult result, FailureReport failure, Session session)
    {
        var facts = failure.Facts with
        {
            Charge = ImaChargeStatus.Charged.ToString(),
            IdempotencyKey = result.Task.IdempotencyKey,
            TaskId = result.Task.Id,
            Handle = result.Task.ToHandle(),
            Urls = [.. result.Images.Select(image => image.Url.AbsoluteUri)],
        };
        var howToGetIt = GoOn(result.Task, ImaChargeStatus.Charged, session, isReady: true);
        return new(facts, [.. failure.Lines, .. Ready(facts, session.Say).Except(failure.Lines), .. howToGetIt]);
    }

    /// <summary>Reports a charged task, which continues even if its progress could not be written.</summary>
    private static FailureReport FromUnseen(ImageTask task, FailureReport failure, Session session)
    {
        var facts = failure.Facts with
        {
            Charge = ImaChargeStatus.Charged.ToString(),
            IdempotencyKey = task.IdempotencyKey,
            TaskId = task.Id,
            Handle = task.ToHandle(),
        };
        return new(facts, [.. failure.Lines, .. GoOn(task, ImaChargeStatus.Charged, session)]);
    }

    private static FailureReport FromCancellation(ImageGenerationCanceledException cancelled, Session session)
    {
        var say = session.Say;
        var facts = new ErrorFacts
        {
            Kind = "Interrupted",
            ExitCode = ExitCode.Interrupted,
            Message = cancelled.Message,
            Charge = cancelled.ChargeStatus.ToString(),
            IdempotencyKey = cancelled.IdempotencyKey,
            TaskId = cancelled.Task?.Id,
            Handle = cancelled.Task?.ToHandle(),
        };
        return new(facts,
        [
            say["Interrupted.", "已中断。"],
            say[$"Credits: {Charged(cancelled.ChargeStatus, say)}", $"积分：{Charged(cancelled.ChargeStatus, say)}"],
            .. Unknown(cancelled.ChargeStatus, cancelled.IdempotencyKey, say),
            .. GoOn(cancelled.Task, cancelled.ChargeStatus, session),
        ]);
    }

    private static string Charged(ImaChargeStatus charge, Wording say) => charge switch
    {
        ImaChargeStatus.NotCharged => say["none were spent", "未消耗"],
        ImaChargeStatus.Charged => say["spent", "已消耗"],
        _ => say["may have been spent", "无法确定是否已消耗"],
    };

    private static IEnumerable<string> Unknown(ImaChargeStatus charge, string? idempotencyKey, Wording say) =>
        charge == ImaChargeStatus.Unknown && idempotencyKey is not null
        ? [say[
            $"Key:     {idempotencyKey}. Do not submit it again: check your account history, then run `ima journal`.",
            $"幂等键：{idempotencyKey}。请勿再次提交，请先查看账户记录，再运行 `ima journal`。"]]
        : [];

    private static IEnumerable<string> Ready(ErrorFacts facts, Wording say) =>
        facts.Urls.Select(url => say[$"Ready:   {url}", $"已完成：{url}"]);

    /// <summary>Describes how to get a charged task.</summary>
    private static IEnumerable<string> GoOn(ImageTask? task, ImaChargeStatus charge, Session session, bool isReady = false)
    {
        if (task is null || charge == ImaChargeStatus.NotCharged)
        {
            return [];
        }

        if (session.EndsWithProcess)
        {
            return [session.Say["The simulator and its task end with this program.", "模拟器会随本程序退出，其中的任务也随之结束。"]];
        }

        return [WhatToRun(charge, isReady, session.Say), "  " + session.WatchCommand(task)];
    }

    private static string WhatToRun(ImaChargeStatus charge, bool isReady, Wording say)
    {
        if (charge == ImaChargeStatus.Unknown)
        {
            return say["If the image was charged, this command gets it:", "如果图片已扣费，请运行以下命令取回："];
        }

        return isReady
            ? say["The image was charged and is ready. To get it, run:", "图片已扣费且已生成。要取回图片，请运行："]
            : say["The image was charged, and the service is still working on it. To get it, run:", "图片已扣费，服务仍在生成。要取回图片，请运行："];
    }
}
