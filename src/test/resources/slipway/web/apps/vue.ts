// A page of Vue.
import { createApp } from 'vue';
import type { SlipwayUploadEventMap } from 'slipway-upload/vue';
import 'slipway-upload/vue';

const root = document.querySelector<HTMLElement>('#root')!;
const { action, token } = root.dataset;
const app = createApp({
  data: () => ({ isOpen: true, most: 1, said: '', no: false, texts: { done: 'Nyt se on perillä' } }),
  methods: {
    finish(event: SlipwayUploadEventMap['slipway-done']) {
      event.preventDefault();
      this.said = event.detail.uploads.map(({ file, photo_id }) => `${file.name} is photo ${photo_id}`).join(', ');
    },
  },
  template: `
    <button id="more" @click="most = 2">More</button>
    <button id="leave" @click="isOpen = false">Leave</button>
    <slipway-upload v-if="isOpen" lang="ar" :max-files="most" :auto="no" :titles="no" :drop-anywhere="no"
        :texts="texts" @slipway-done="finish">
      <form action="${action}" method="post" enctype="multipart/form-data">
        <input type="hidden" name="upload_token" value="${token}">
        <input type="file" name="file" accept="image/*" required>
        <button>Upload</button>
      </form>
    </slipway-upload>
    <output>{{ said }}</output>`,
});
app.config.compilerOptions.isCustomElement = (tag) => tag === 'slipway-upload';
app.mount(root);
