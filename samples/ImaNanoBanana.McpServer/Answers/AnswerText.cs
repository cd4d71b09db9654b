using System.Globalization;

namespace ImaNanoBanana.Mcp.Answers;

/// <summary>The text beside a structured answer. It contains everything a model needs if it reads only the text. Pure.</summary>
internal static class AnswerText
{
    public static string Describe(ImageAnswer answer, Wording say) =>
        Lines(answer.Simulated, say, answer.Error is { } error ? Error(error, say)
        : answer.Status == ImageAnswer.Ready ? Ready(answer, say)
        : answer.Status == ImageAnswer.List ? List(answer.Tasks ?? [], say).Concat(answer.Warnings ?? [])
        : Running(answer, say));

    public static string Describe(ModelsAnswer answer, Wording say) => Lines(answer.Simulated, say, answer.Error is { } error
        ? Error(error, say)
        : (answer.Models ?? []).Select(model => say[
            $"{model.Name} ({model.Model}, {model.TaskType}): credits per image {Prices(model)}; ratios "
                + $"{string.Join(' ', model.AspectRatios)}{Takes(model.ExpectedAtLeastSeconds, model.ExpectedAtMostSeconds, say)}",
            $"{model.Name}（{model.Model}，{model.TaskType}）：每张图片所需积分 {Prices(model)}；比例 {string.Join(' ', model.AspectRatios)}"
                + Takes(model.ExpectedAtLeastSeconds, model.ExpectedAtMostSeconds, say)]));

    public static string Describe(QuoteAnswer answer, Wording say) => Lines(answer.Simulated, say, answer.Error is { } error
        ? Error(error, say)
        : [
            say[
                $"This would cost {Number(answer.Credits)} credits: {Describe(answer.ModelName, answer.Size, answer.AspectRatio)}, "
                    + $"{Images(answer.Count, say)}"
                    + $"{Takes(answer.ExpectedAtLeastSeconds, answer.ExpectedAtMostSeconds, say)}. Nothing was submitted.",
                $"需要 {Number(answer.Credits)} "
                    + $"积分：{Describe(answer.ModelName, answer.Size, answer.AspectRatio)}，{Images(answer.Count, say)}"
                    + $"{Takes(answer.ExpectedAtLeastSeconds, answer.ExpectedAtMostSeconds, say)}。尚未提交请求。"],
            .. answer.Adjustments ?? [],
        ]);

    /// <summary>Describes a request in a few words.</summary>
    public static string Describe(string? model, string? size, string? ratio) =>
        string.Join(", ", new[] { model, size, ratio }.Where(part => !string.IsNullOrEmpty(part)));

    public static string Images(int? count, Wording say) => say[
        string.Create(CultureInfo.InvariantCulture, $"{count ?? 1} {(count is null or 1 ? "image" : "images")}"),
        string.Create(CultureInfo.InvariantCulture, $"{count ?? 1} 张图片")];

    public static string Number(decimal? credits) => credits?.ToString("0.##", CultureInfo.InvariantCulture) ?? "?";

    private static string Lines(bool isSimulated, Wording say, IEnumerable<string> lines) => string.Join('\n', isSimulated
        ? lines.Prepend(say["Simulated: nothing is charged, and images are placeholders.", "模拟模式：不会扣费，图片均为占位图。"])
        : lines);

    private static IEnumerable<string> Ready(ImageAnswer answer, Wording say)
    {
        yield return say[
            $"Ready: {Images(answer.Images?.Count, say)}, {Describe(answer.ModelName, answer.Size, answer.AspectRatio)}, "
                + $"{Number(answer.Credits)} credits, task {answer.TaskId}.",
            $"已完成：{Images(answer.Images?.Count, say)}，{Describe(answer.ModelName, answer.Size, answer.AspectRatio)}，"
                + $"{Number(answer.Credits)} 积分，任务 {answer.TaskId}。"];
        foreach (var image in answer.Images ?? [])
        {
            yield return image.Path is { } path ? $"{image.Url} -> {path}" : image.Url;
        }

        foreach (
            var line in (answer.Failures ?? []).Select(
                reason => say[$"Missing: {reason}", $"未取得：{reason}"]).Concat(answer.Adjustments ?? []).Concat(answer.Warnings ?? []))
        {
            yield return line;
        }

        foreach (var line in Repeated(answer, say))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Running(ImageAnswer answer, Wording say)
    {
        var handle = answer.TaskId ?? answer.IdempotencyKey;
        yield return answer.WaitsForPerson == true
            ? say[
                "Running: the person has not agreed to the price yet. So far nothing was submitted and nothing was charged.",
                "进行中：用户尚未同意该价格，目前未提交请求，也未扣费。"]
            : answer.TaskId is null
            ? say["Running: the request is being submitted. There is no response yet.", "进行中：正在提交请求，尚未收到响应。"]
            : say[
                $"Running: task {answer.TaskId}{Progress(answer, say)}. It is charged "
                    + $"({Number(answer.Credits)} credits) and continues on its own.",
                $"进行中：任务 {answer.TaskId}{Progress(answer, say)}。已扣费（{Number(answer.Credits)} 积分），任务会自动继续。"];
        yield return say[
            $"Call get_image_task with handle \"{handle}\": it waits for the image. Never call generate_image or edit_image again for it.",
            $"请调用 get_image_task，并将 handle 设为“{handle}”，它会等待图片生成。切勿为此请求再次调用 generate_image 或 edit_image。"];
        foreach (var line in (answer.Adjustments ?? []).Concat(answer.Warnings ?? []).Concat(Repeated(answer, say)))
        {
            yield return line;
        }
    }

    private static string Progress(ImageAnswer answer, Wording say)
    {
        var percent = answer.Percent is { } done ? say[$", {done} %", $"，{done}%"] : "";
        var elapsed = answer.ElapsedSeconds is { } seconds ? say[$", {seconds:0} s so far", $"，已等待 {seconds:0} 秒"] : "";
        var most = answer.ExpectedAtMostSeconds is { } limit ? say[$", at most about {limit:0} s", $"，预计最长 {limit:0} 秒"] : "";
        return percent + elapsed + most;
    }

    private static IEnumerable<string> Repeated(ImageAnswer answer, Wording say) => answer.AlreadySubmitted == true
        ? [say[
            "An earlier identical call submitted this task. This call was not charged. For another image from the same prompt, pass a "
                + "`variation`.",
            "此前相同的调用已提交请求，本次调用未扣费。如需用相同描述再生成一张，请传入 `variation`。"]]
        : [];

    private static IEnumerable<string> List(IReadOnlyList<OpenTask> tasks, Wording say) => tasks.Count == 0
        ? [say["There are no tasks to fetch.", "没有待取回的图片。"]]
        : tasks.Select(
            task => $"{task.TaskId ?? task.IdempotencyKey}: {task.Status}, {Describe(task.Model, task.Size, null)}, {Number(task.Credits)} "
            + say["credits, submitted ", "积分，提交时间 "]
            + task.SubmittedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));

    private static IEnumerable<string> Error(ErrorFacts error, Wording say)
    {
        yield return say[$"Failed: {error.Reason}", $"失败：{error.Reason}"];
        if (error.Suggestion is { } suggestion)
        {
            yield return say[$"To do: {suggestion}", $"建议：{suggestion}"];
        }

        if (error.Detail is { } detail)
        {
            yield return say[$"Detail: {detail}", $"详情：{detail}"];
        }

        foreach (var url in error.ReadyUrls ?? [])
        {
            yield return say[$"Ready: {url}", $"已完成：{url}"];
        }

        yield return say[
            $"Credits spent: {error.CreditsSpent}. Repeat this call: {error.Retry}{After(error)}.",
            $"是否已扣费：{error.CreditsSpent}。重复此调用：{error.Retry}{After(error)}。"];
    }

    private static string After(ErrorFacts error) =>
        error.RetryAfterSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $" {seconds:0} s") : "";

    private static string Takes(double? least, double? most, Wording say) => least is { } from && most is { } to
        ? say[
            string.Create(CultureInfo.InvariantCulture, $"; {from:0} to {to:0} s"),
            string.Create(CultureInfo.InvariantCulture, $"；预计耗时 {from:0}~{to:0} 秒")]
        : "";

    private static string Prices(ModelFacts model) =>
        string.Join(", ", model.Prices.Select(price => $"{price.Key} {Number(price.Value)}".Trim()));
}
