#include "libhisho/cell/job.h"

HishoJob *
hisho_job_new(GBytes *mail, guint32 number)
{
	HishoJob *job = g_new0(HishoJob, 1);

	job->mail = g_bytes_ref(mail);
	job->number = number;
	return job;
}

void
hisho_job_free(void *data)
{
	HishoJob *job = data;

	if (job == NULL)
		return;
	g_bytes_unref(job->mail);
	g_clear_pointer(&job->answer, g_bytes_unref);
	g_free(job->message);
	g_free(job);
}

void
hisho_job_take_answer(HishoJob *job, GBytes *answer)
{
	job->answer = answer;
	job->is_done = true;
}

void
hisho_job_fail(HishoJob *job, const char *reason, const char *message)
{
	job->reason = reason;
	job->message = g_strdup(message);
	job->is_done = true;
}

void
hisho_job_renew(HishoJob *job)
{
	job->reason = NULL;
	g_clear_pointer(&job->message, g_free);
	job->is_done = false;
	job->is_second_try = true;
}
